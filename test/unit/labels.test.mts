import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { EsputnikApi } from '../../credentials/EsputnikApi.credentials.ts';
import { EsputnikOAuth2Api } from '../../credentials/EsputnikOAuth2Api.credentials.ts';
import { EsputnikTokenApi } from '../../credentials/EsputnikTokenApi.credentials.ts';
import { Esputnik } from '../../nodes/Esputnik/Esputnik.node.ts';
import { FIXED_COLUMNS } from '../../nodes/Esputnik/resources/contact/import/reading/columns.ts';

/** What n8n and eSputnik call theirs; n8n shows the mode `id` of a list as 'By ID', whatever its label. */
const OF_OTHERS = [
	'Always Output Data',
	'By ID',
	'Continue',
	'Credential',
	'Full access',
	'Mapping Column Mode',
	'On Error',
	'Retry',
	'Retry On Fail',
	'Values to Send',
];

/** A label as messages name it, `'Max Retries'`, and no token of a date pattern. */
const QUOTED = /'([A-Z][\w()]*[a-z)][\w()]*(?: [\w()]+){0,5})'/g;

/** Every label and every name of a choice that a panel shows. */
function shownIn(value: unknown): string[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, part]: [string, unknown]) =>
		(key === 'displayName' || key === 'name') && typeof part === 'string' ? [part] : shownIn(part),
	);
}

/** The labels that the texts in a source file quote. */
function labelsIn(file: string): string[] {
	const labels: string[] = [];
	const visit = (node: ts.Node): void => {
		if (
			ts.isStringLiteralLike(node) ||
			ts.isTemplateHead(node) ||
			ts.isTemplateMiddleOrTemplateTail(node)
		) {
			labels.push(...Array.from(node.text.matchAll(QUOTED), ([, label]) => label));
		}
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest));
	return labels;
}

test('what a message tells people to change is there by that name', () => {
	const shown = new Set([
		...OF_OTHERS,
		...FIXED_COLUMNS.map(({ label }) => label),
		...[
			new Esputnik().description,
			new EsputnikApi(),
			new EsputnikTokenApi(),
			new EsputnikOAuth2Api(),
		].flatMap(shownIn),
	]);
	const root = 'nodes/Esputnik';
	const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
		file.endsWith('.ts'),
	);
	const named = files.flatMap((file) =>
		labelsIn(join(root, file)).map((label) => `${file}: ${label}`),
	);
	expect(named.length).toBeGreaterThan(80);
	expect(named.filter((entry) => !shown.has(entry.split(': ')[1]))).toEqual([]);
});
