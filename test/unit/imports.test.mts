import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';

const ROOT = 'nodes/Esputnik';

/** What each room may import beside itself, `problem.ts`, `contract.ts` and `configurationError.ts`, which know no room. */
const MAY_IMPORT: Record<string, readonly string[]> = {
	api: [],
	dates: [],
	delivery: [],
	fields: [],
	report: [],
	events: ['fields', 'dates', 'report'],
	requests: ['api', 'delivery'],
	n8n: ['api', 'delivery', 'fields', 'report'],
	resources: ['api', 'dates', 'delivery', 'events', 'fields', 'n8n', 'report', 'requests'],
};

/** Each source file, by its path below the root, with those that it imports. */
const imports = new Map(
	readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => [file, importsOf(file)]),
);

function importsOf(file: string): string[] {
	const { importedFiles } = ts.preProcessFile(readFileSync(join(ROOT, file), 'utf8'));
	return importedFiles
		.filter(({ fileName }) => fileName.startsWith('.'))
		.map(({ fileName }) => normalize(join(dirname(file), fileName)))
		.map((path) => (existsSync(join(ROOT, `${path}.ts`)) ? `${path}.ts` : `${path}/index.ts`));
}

/** `n8n/setting.ts` → `n8n`; the files beside the rooms are in none. */
function roomOf(file: string): string | undefined {
	return file.includes('/') ? file.split('/', 1)[0] : undefined;
}

test('every import is of a file that exists', () => {
	expect(imports.size).toBeGreaterThan(50);
	expect([...imports.values()].flat().filter((file) => !imports.has(file))).toEqual([]);
});

test('no files import each other in a circle', () => {
	const circles: string[] = [];
	const done = new Set<string>();
	const visit = (file: string, way: readonly string[]): void => {
		if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' → '));
		if (done.has(file) || way.includes(file)) return;
		for (const imported of imports.get(file) ?? []) visit(imported, [...way, file]);
		done.add(file);
	};
	for (const file of imports.keys()) visit(file, []);

	expect(circles).toEqual([]);
});

test('no room imports upwards', () => {
	const upwards: string[] = [];
	for (const [file, imported] of imports) {
		const room = roomOf(file);
		if (room === undefined) continue;
		const allowed = new Set([room, undefined, ...(MAY_IMPORT[room] ?? [])]);
		for (const target of imported) {
			if (!allowed.has(roomOf(target))) upwards.push(`${file} → ${target}`);
		}
	}

	expect(upwards).toEqual([]);
});

test('no operation knows another one', () => {
	const operationOf = (file: string) => /^resources\/(?!eventShared)(\w+\/\w+)\//.exec(file)?.[1];
	const acquainted: string[] = [];
	for (const [file, imported] of imports) {
		const own = operationOf(file);
		for (const target of imported) {
			const other = operationOf(target);
			if (own !== undefined && other !== undefined && own !== other) {
				acquainted.push(`${file} → ${target}`);
			}
		}
	}

	expect(acquainted).toEqual([]);
});

test("n8n's `this` is seen by operations, n8n and api alone", () => {
	const seeing = [...imports.keys()].filter(
		(file) =>
			!['resources', 'n8n', 'api', undefined].includes(roomOf(file)) &&
			/\bI\w+Functions\b/.test(readFileSync(join(ROOT, file), 'utf8')),
	);

	expect(seeing).toEqual([]);
});

test("the API's addresses stand in contract.ts alone", () => {
	const comments = /\/\*[^]*?\*\/|\/\/.*/g;
	const repeating = [...imports.keys()].filter((file) => {
		const code = readFileSync(join(ROOT, file), 'utf8')
			.replaceAll(/https?:\/\//g, '')
			.replaceAll(comments, '');
		return file !== 'contract.ts' && /esputnik\.com\b|yespo\.io\b/.test(code);
	});

	expect(repeating).toEqual([]);
});

test('the page about the layout names files that exist, and the rooms as they are', () => {
	const page = readFileSync('docs/architecture.md', 'utf8');
	const named = [...page.matchAll(/`([\w./-]+\/[\w.-]*)`/g)].map(([, path]) => path);
	const missing = named.filter((path) => !existsSync(join(ROOT, path)) && !existsSync(path));
	const rooms = [...page.matchAll(/^\| `(\w+)\/` \|/gm)].map(([, room]) => room);

	expect(named.length).toBeGreaterThan(40);
	expect(missing).toEqual([]);
	expect(rooms.sort()).toEqual(Object.keys(MAY_IMPORT).sort());
});
