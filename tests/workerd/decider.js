// A worker that is asked for the decisions of a file of vectors.

import { casesOf } from "../decide/cases.mjs";

export default {
  async fetch(request) {
    const file = new URL(request.url).pathname.slice(1);
    return Response.json(casesOf(file, await request.text()).map(([name, ask]) => [name, ask()]));
  },
};
