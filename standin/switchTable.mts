import type { TSchema } from '@sinclair/typebox';
import { Fault, FAULT_KINDS } from './faults.mts';
import { Settings, SWITCH_GROUPS } from './options.mts';

const AIMS = ['times', 'skip', 'request', 'method', 'path', 'body'] as const;

/** SWITCHES.md: every option of the stand-in as Markdown. Written by `npx tsx standin/writeSwitches.mts`, compared by a test. */
export function switchTable(): string {
	return `# Options of the local eSputnik

Each has three places: \`npm run standin -- --single-result object\`, \`startStandin({ singleResult: 'object' })\` in the same
process, and, for the switches, \`POST /_configure\` with \`{"singleResult":"object"}\` while it runs.

## Fixed at the start

${table(Settings.properties)}

## Switches

${Object.entries(SWITCH_GROUPS)
	.map(([heading, switches]) => `### ${heading}\n\n${table(switches)}`)
	.join('\n\n')}

## Faults

\`standin.faults.push({ kind: 'cut' })\` in the same process, or \`POST /_faults\` with one or a list of them. Each request below \`/api\` meets
the first fault in the queue that fits it, once. A request that is refused (401, 429 …) stays refused.

| \`kind\` | What happens |
|---|---|
${Object.entries(FAULT_KINDS)
	.map(([kind, text]) => `| \`${kind}\` | ${text} |`)
	.join('\n')}

| Which request | Meaning |
|---|---|
${AIMS.map((name) => `| \`${name}\` | ${Fault.properties[name].description ?? ''} |`).join('\n')}

## Other addresses

| Address | What it does |
|---|---|
| \`GET /\` | the page |
| \`GET /_received?offset=0&limit=100&bodies=true\` | what was received, as JSON: counts, the last requests, events page by page |
| \`GET /_keys\` | with the switch \`keep\` at \`keys\`: how many events are stored, how many keys are distinct, how many events are doubled |
| \`POST /_keys\` | the same as text, asked by keys: lines of event type key, key value and the value of \`keyParam\`, with tabs between; answers one number a line, how many stored events have the key |
| \`GET /_contacts?offset=0&limit=100\` | the contacts, as JSON, page by page |
| \`POST /_contacts\` | makes contacts at once, from a list as in \`POST /v1/contacts\` |
| \`POST /_configure\` | changes switches; answers with all of them |
| \`POST /_faults\` | queues faults |
| \`POST /_reset\` | forgets events, contacts, requests, faults and tokens |
| \`POST /_restart\` \`{"downMs":1000}\` | refuses connections for that time; what was received stays |
| \`POST /_oauth/expire\` | makes every OAuth access token bad at once |
`;
}

/** The values that a choice allows, the default first; empty for anything but a choice. */
export function choicesOf(schema: TSchema): readonly string[] {
	const variants: unknown = schema.anyOf;
	if (!Array.isArray(variants)) return [];
	return variants.map((variant: TSchema) => String(variant.const));
}

function table(properties: Record<string, TSchema>): string {
	const rows = Object.entries(properties).map(
		([name, schema]) => `| \`${name}\` | ${values(schema)} | ${schema.description ?? ''} |`,
	);
	return ['| Name | Default, other values | Meaning |', '|---|---|---|', ...rows].join('\n');
}

function values(schema: TSchema): string {
	const choices = choicesOf(schema);
	const shown = choices.length > 0 ? choices : [JSON.stringify(schema.default)];
	return shown.map((value) => `\`${value}\``).join(', ');
}
