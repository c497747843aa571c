/** Who works in the simulated centre, and who calls. All of them are made up. */

const id = (kind, number) => `${kind}0000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

export const SKILLS = [
  { id: id("5", 1), name: "Refunds" },
  { id: id("5", 2), name: "German" },
  { id: id("5", 3), name: "Fibre" },
];
const [refunds, german, fibre] = SKILLS.map((skill) => skill.id);

const agent = (number, name, more = {}) => ({ id: id("a", number), name, status: "AVAILABLE", ...more });

/** Each queue shows another way in which a transfer can go. */
export const QUEUES = [
  {
    id: id("1", 1),
    name: "Billing",
    campaign: "ACTIVE",
    agents: [
      agent(1, "Ada Moreau", { skills: [refunds], answerSeconds: 4 }),
      agent(2, "Ben Okafor", { skills: [german], answerSeconds: 3 }),
      agent(3, "Carla Rossi", { status: "AWAY", skills: [refunds, german] }),
    ],
  },
  {
    id: id("1", 2),
    name: "Technical Support",
    campaign: "ACTIVE",
    agents: [agent(4, "Diego Silva", { skills: [fibre], answerSeconds: 6 }), agent(5, "Elif Kaya", { status: "ON_BREAK", skills: [german, fibre] })],
  },
  // Its one agent lets it ring: the transfer fails, and the plan goes on.
  { id: id("1", 3), name: "Key Accounts", campaign: "ACTIVE", agents: [agent(6, "Finn Larsen", { answers: false })] },
  // Nobody is free.
  { id: id("1", 4), name: "Retention", campaign: "ACTIVE", agents: [agent(7, "Grace Adeyemi", { status: "AWAY" }), agent(8, "Hana Ito", { status: "OFFLINE" })] },
  // Closed, and without a campaign.
  { id: id("1", 5), name: "Claims", campaign: "INACTIVE", agents: [agent(9, "Ivan Petrov")] },
  { id: id("1", 6), name: "Sales", campaign: null, agents: [agent(10, "Jonas Weber")] },
  {
    id: id("1", 7),
    name: "Overflow",
    campaign: "ACTIVE",
    agents: [agent(11, "Keiko Tanaka", { answerSeconds: 3 }), agent(12, "Mateo Reyes", { answerSeconds: 2 }), agent(13, "Nadia Haddad", { answerSeconds: 4 })],
  },
];

export const EXTENSIONS = [
  { extension: "999", name: "Voicemail", answerSeconds: 2 },
  { extension: "200", name: "Shift lead", answerSeconds: 3 },
  { extension: "404", name: "Empty office", answers: false },
];

/** The plan behind every transfer of the page: the overflow queue, and then voicemail, which always answers. */
export const POLICY = {
  steps: [
    { id: "overflow", to: { queue: id("1", 7) } },
    { id: "voicemail", to: { extension: "999" } },
  ],
  budgetSeconds: 90,
  pollSeconds: 1,
  settleSeconds: 4,
};

export const CALLERS = [
  ["Maria Keller", "charged twice in October"],
  ["Tomasz Nowak", "no internet since this morning"],
  ["Priya Raman", "wants to cancel the contract"],
  ["Lucas Martin", "invoice to the wrong address"],
  ["Aisha Bello", "router keeps restarting"],
  ["Sven Lindqvist", "moving house next week"],
  ["Chloe Bernard", "refund has not arrived"],
  ["Omar Farouk", "upgrade to fibre"],
];
