/**
 * How the desk looks. Everything can be set from outside by the custom properties at the top, and single parts by `::part()`.
 *
 * A constructable stylesheet, because it needs no inline style and so stands under a strict content security policy.
 */

const THEME = `
:host {
  --accent: var(--patchcord-accent, #1d5fc4);
  --accent-text: var(--patchcord-accent-text, #fff);
  --surface: var(--patchcord-surface, #fff);
  --raised: var(--patchcord-raised, #f4f6f8);
  --text: var(--patchcord-text, #17202b);
  --muted: var(--patchcord-muted, #566273);
  --line: var(--patchcord-line, #d8dee6);
  --edge: var(--patchcord-edge, #8593a5);
  --good: var(--patchcord-good, #17703f);
  --warn: var(--patchcord-warn, #8a5200);
  --bad: var(--patchcord-bad, #b42318);
  --good-wash: #eaf6ef;
  --warn-wash: #fdf4e3;
  --bad-wash: #fdeeec;
  --radius: var(--patchcord-radius, 8px);
  color-scheme: light;
  display: block;
  container-type: inline-size;
  font: var(--patchcord-font, 400 0.9375rem/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif);
  color: var(--text);
}
@media (prefers-color-scheme: dark) {
  :host {
    --accent: var(--patchcord-accent, #3270d6);
    --surface: var(--patchcord-surface, #171d26);
    --raised: var(--patchcord-raised, #202833);
    --text: var(--patchcord-text, #e8edf3);
    --muted: var(--patchcord-muted, #a5b1c0);
    --line: var(--patchcord-line, #323d4b);
    --edge: var(--patchcord-edge, #718096);
    --good: var(--patchcord-good, #63cf95);
    --warn: var(--patchcord-warn, #eeb354);
    --bad: var(--patchcord-bad, #ff938a);
    --good-wash: #17301f;
    --warn-wash: #332811;
    --bad-wash: #3a1f1d;
    color-scheme: dark;
  }
}
:host([hidden]), [hidden] { display: none !important; }
* { box-sizing: border-box; }
h2, h3, p, ul, ol, fieldset { margin: 0; padding: 0; border: 0; }
ul, ol { list-style: none; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`;

const FRAME = `
.desk {
  background: var(--surface); border: 1px solid var(--line); border-radius: calc(var(--radius) + 4px);
  box-shadow: 0 1px 2px rgb(15 23 42 / 6%), 0 8px 24px -12px rgb(15 23 42 / 18%);
}
header { display: flex; align-items: baseline; gap: 0.75rem; padding: 0.9rem 1.25rem 0.8rem; border-bottom: 1px solid var(--line); }
h2 { font-size: 1rem; font-weight: 650; letter-spacing: -0.005em; }
.call { margin-inline-start: auto; color: var(--muted); font-size: 0.875rem; text-align: end; overflow-wrap: anywhere; }
form, .run { display: grid; gap: 1rem; padding: 1.1rem 1.25rem 1.25rem; }
.notice { display: grid; grid-template-columns: auto 1fr; gap: 0.6rem; padding: 1.1rem 1.25rem; color: var(--muted); }
.notice[data-tone="bad"] { background: var(--bad-wash); color: var(--text); border-radius: 0 0 var(--radius) var(--radius); }
.notice strong { font-weight: 600; }
.sign { display: inline-flex; height: 1.45em; align-items: center; color: var(--muted); }
.sign[data-tone="good"] { color: var(--good); }
.sign[data-tone="warn"] { color: var(--warn); }
.sign[data-tone="bad"] { color: var(--bad); }
.icon { width: 1.05em; height: 1.05em; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.dot { fill: var(--edge); stroke: none; }
.age { color: var(--muted); font-size: 0.8125rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
.actions { display: flex; flex-wrap: wrap; gap: 0.6rem; margin-top: 0.15rem; }
button {
  font: inherit; font-weight: 550; color: var(--text); background: var(--surface); border: 1px solid var(--edge);
  border-radius: var(--radius); padding: 0.5rem 1rem; min-height: 2.5rem; cursor: pointer;
}
button:hover { background: var(--raised); }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--accent-text); padding-inline: 1.4rem; }
button.primary:hover { background: color-mix(in srgb, var(--accent) 88%, #000); }
button.quiet { border-color: transparent; background: none; padding: 0.1rem 0.4rem; min-height: 1.75rem; font-size: 0.8125rem; text-decoration: underline; text-underline-offset: 0.2em; }
button[aria-disabled="true"] { color: var(--muted); cursor: default; }
`;

const FORM = `
legend, label { padding: 0; font-size: 0.8125rem; font-weight: 600; color: var(--muted); }
.segments .row { display: flex; margin-top: 0.35rem; background: var(--raised); border: 1px solid var(--line); border-radius: var(--radius); padding: 3px; gap: 3px; }
.segments label { position: relative; flex: 1; display: flex; }
.segments input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.segments .face { flex: 1; display: grid; justify-items: center; align-content: center; text-align: center; padding: 0.3rem 0.5rem; border-radius: calc(var(--radius) - 3px); font-size: 0.9375rem; font-weight: 550; color: var(--text); border: 1px solid transparent; }
.segments small { font-size: 0.8125rem; font-weight: 400; color: var(--muted); }
.segments input:checked + .face { background: var(--surface); border-color: var(--edge); box-shadow: 0 1px 2px rgb(15 23 42 / 12%); }
.segments input:focus-visible + .face { outline: 2px solid var(--accent); outline-offset: 1px; }
.field { display: grid; gap: 0.35rem; }
input[type="text"], input[type="tel"], select {
  font: inherit; color: var(--text); background: var(--surface); border: 1px solid var(--edge); border-radius: var(--radius);
  padding: 0.5rem 0.7rem; width: 100%; min-height: 2.5rem;
}
input::placeholder { color: var(--muted); opacity: 1; }
input[aria-invalid], select[aria-invalid] { border-color: var(--bad); box-shadow: 0 0 0 1px var(--bad); }
.hint { font-size: 0.8125rem; color: var(--muted); }
.finding { font-size: 0.875rem; color: var(--bad); font-weight: 500; }
.combobox { position: relative; }
[role="listbox"], .nothing {
  position: absolute; z-index: 10; inset: calc(100% + 4px) 0 auto; background: var(--surface); border: 1px solid var(--edge); border-radius: var(--radius);
  box-shadow: 0 12px 32px -8px rgb(15 23 42 / 32%); padding: 4px; max-height: min(24rem, 60vh); overflow-y: auto;
}
.nothing { padding: 0.7rem 0.8rem; color: var(--muted); }
[role="option"] { display: grid; grid-template-columns: auto 1fr auto; column-gap: 0.6rem; align-items: baseline; padding: 0.42rem 0.6rem; border-radius: calc(var(--radius) - 3px); cursor: pointer; }
[role="option"] .sign { height: auto; align-self: start; padding-top: 0.2em; }
[role="option"] .name { font-weight: 550; overflow-wrap: anywhere; }
[role="option"] .detail { grid-column: 2 / -1; font-size: 0.8125rem; color: var(--muted); }
[role="option"][data-tone="bad"] .name { font-weight: 400; }
[role="option"]:hover { background: var(--raised); }
[role="option"][data-active] { background: var(--raised); outline: 2px solid var(--accent); outline-offset: -2px; }
[role="option"][aria-selected="true"] .name::after { content: " ✓" / ""; color: var(--accent); }
.standing { display: grid; grid-template-columns: auto 1fr auto; column-gap: 0.6rem; align-items: center; padding: 0.55rem 0.4rem 0.3rem 0.75rem; border-radius: var(--radius); background: var(--raised); }
.standing[data-tone="good"] { background: var(--good-wash); }
.standing[data-tone="warn"] { background: var(--warn-wash); }
.standing[data-tone="bad"] { background: var(--bad-wash); }
.standing .sign { align-self: start; }
.standing p { grid-column: 2 / -1; padding-inline-end: 0.4rem; }
.standing .age { grid-column: 2; }
.standing strong { font-weight: 600; }
.plan { font-size: 0.875rem; color: var(--muted); margin-top: -0.35rem; }
`;

const RUN = `
.title { display: grid; grid-template-columns: auto 1fr auto; align-items: start; column-gap: 0.6rem; }
h3 { font-size: 1.125rem; font-weight: 650; line-height: 1.35; letter-spacing: -0.01em; overflow-wrap: anywhere; grid-column: 2; border-radius: 4px; }
.title .sign { grid-column: 1; font-size: 1.2rem; height: 1.3em; }
.title .sign[hidden] + h3 { grid-column: 1 / 3; }
.stage { display: inline-flex; align-items: center; gap: 0.45rem; padding: 0.1rem 0.65rem; border-radius: 99px; border: 1px solid var(--line); background: var(--raised); font-size: 0.8125rem; font-weight: 600; white-space: nowrap; }
.stage::before { content: ""; width: 0.5rem; height: 0.5rem; border-radius: 50%; background: var(--accent); }
@media (prefers-reduced-motion: no-preference) {
  .stage::before { animation: beat 1.6s ease-in-out infinite; }
  @keyframes beat { 50% { opacity: 0.25; } }
}
.pace { display: flex; align-items: center; gap: 0.8rem; }
progress { flex: 1; min-width: 3rem; height: 0.35rem; appearance: none; border: 0; border-radius: 99px; background: var(--line); overflow: hidden; }
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--accent); }
progress::-moz-progress-bar { background: var(--accent); }
.verdict { display: grid; gap: 0.35rem; padding: 0.75rem 0.9rem; border-radius: var(--radius); background: var(--raised); }
.verdict[data-tone="good"] { background: var(--good-wash); }
.verdict[data-tone="warn"] { background: var(--warn-wash); }
.verdict[data-tone="bad"] { background: var(--bad-wash); }
.advice { font-weight: 600; }
.why { display: grid; gap: 0.15rem; font-size: 0.875rem; }
.why li { display: grid; grid-template-columns: auto 1fr; gap: 0.5rem; }
.why li::before { content: "–" / ""; color: var(--muted); }
.steps { display: grid; border: 1px solid var(--line); border-radius: var(--radius); counter-reset: step; }
.steps li { display: grid; grid-template-columns: auto 1fr auto; column-gap: 0.6rem; align-items: baseline; padding: 0.45rem 0.75rem; }
.steps li + li { border-top: 1px solid var(--line); }
.steps .sign { height: auto; align-self: start; padding-top: 0.2em; }
.steps .name { font-weight: 550; overflow-wrap: anywhere; }
.steps .result { font-size: 0.875rem; color: var(--muted); text-align: end; }
.steps [data-tone="good"] .result { color: var(--good); font-weight: 600; }
.steps [data-tone="bad"] .result { color: var(--bad); }
.steps small { grid-column: 2 / -1; font-size: 0.8125rem; color: var(--muted); }
.figures { font-size: 0.8125rem; color: var(--muted); margin-top: -0.4rem; }
summary { cursor: pointer; font-size: 0.8125rem; font-weight: 600; color: var(--muted); border-radius: 4px; width: fit-content; padding-block: 0.15rem; }
.lines { margin-top: 0.5rem; }
.lines li { position: relative; display: grid; grid-template-columns: auto 1fr auto; column-gap: 0.6rem; align-items: baseline; padding-bottom: 0.5rem; }
.lines li:last-child { padding-bottom: 0; }
.lines li:not(:last-child)::before { content: ""; position: absolute; inset: 1.4rem auto -0.1rem calc(0.525em - 0.5px); width: 1px; background: var(--line); }
.lines .sign { height: auto; align-self: start; padding-top: 0.2em; }
.lines .name { overflow-wrap: anywhere; }
.lines .detail { grid-column: 2 / -1; font-size: 0.8125rem; color: var(--muted); overflow-wrap: anywhere; }
@container (max-width: 25rem) {
  header, form, .run, .notice { padding-inline: 0.9rem; }
  .segments .face { padding-inline: 0.2rem; font-size: 0.875rem; }
  .actions button { flex: 1; }
  .steps li { grid-template-columns: auto 1fr; }
  .steps .result { grid-column: 2; text-align: start; }
  .title { grid-template-columns: auto 1fr; }
  .title .stage { grid-column: 1 / -1; justify-self: start; margin-top: 0.4rem; }
}
@media (forced-colors: active) {
  .segments input:checked + .face, [role="option"][data-active] { outline: 2px solid Highlight; }
  .stage::before { background: CanvasText; }
}
`;

let sheet: CSSStyleSheet | undefined;

/** One sheet, shared by every desk of the page. */
export function styles(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(THEME + FRAME + FORM + RUN);
  }
  return sheet;
}
