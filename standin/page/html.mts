/** A piece of HTML. */
export class Html {
	constructor(readonly text: string) {}
}

/** What a template takes. */
export type Value = string | number | undefined | Html | readonly Value[];

/** A template of HTML: values are escaped, unless they are pieces of HTML or lists of them. */
export function markup(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
	let text = parts[0];
	for (const [i, value] of values.entries()) text += rendered(value) + parts[i + 1];
	return new Html(text);
}

function rendered(value: Value): string {
	if (value instanceof Html) return value.text;
	if (value === undefined) return '';
	if (typeof value === 'object') return value.map(rendered).join('');
	return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2330; --soft: #5d6778; --line: #dfe3ea; --ground: #f6f7f9; --card: #fff; --accent: #2864dc; --bad: #b3261e; }
@media (prefers-color-scheme: dark) {
	:root { --ink: #e7eaf0; --soft: #9aa4b5; --line: #323a48; --ground: #14181f; --card: #1c222c; --accent: #74a2ff; --bad: #ff8a80; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
main.narrow { max-width: 30rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1rem; margin: 0 0 .75rem; } h2.more { margin-top: 1.25rem; }
p.lead { color: var(--soft); margin: 0 0 1.5rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 1rem; margin-bottom: 1rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.1rem; margin-bottom: 1rem; }
.cards section { margin: 0; max-height: 21rem; overflow: auto; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th { text-align: left; color: var(--soft); font-weight: 500; } th, td { padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
td:last-child, .cards td { white-space: normal; overflow-wrap: anywhere; } .cards td.n { overflow-wrap: normal; } tr:last-child td { border-bottom: 0; } td.n, th.n { text-align: right; } .bad { color: var(--bad); } .soft { color: var(--soft); }
svg { display: block; overflow: visible; width: 100%; height: auto; } svg rect { fill: var(--accent); } svg text { fill: var(--soft); font: 11px system-ui, sans-serif; } svg line { stroke: var(--line); }
button { font: inherit; padding: .5rem 1.4rem; border-radius: .4rem; border: 1px solid var(--accent); background: var(--accent); color: var(--card); cursor: pointer; }
button.plain { background: transparent; color: var(--ink); border-color: var(--line); }
code { font: .92em ui-monospace, monospace; }
`;

/** A whole page. It loads nothing from anywhere. */
export function page(title: string, content: Html, narrow = false): string {
	return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Html(STYLE)}</style>
</head>
<body><main class="${narrow ? 'narrow' : 'wide'}">${content}</main></body>
</html>
`.text;
}
