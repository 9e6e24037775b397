import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const Workflow = z.object({
	nodes: z.array(
		z
			.object({
				name: z.string(),
				type: z.string(),
				position: z.tuple([z.number(), z.number()]),
				parameters: z.record(z.unknown()),
			})
			.passthrough(),
	),
});

const Settings = z.object({
	assignments: z.object({
		assignments: z.array(z.object({ name: z.string(), value: z.unknown() })),
	}),
});

const Sized = z.object({ width: z.number(), height: z.number() });

/** Small ones without *Settings*: what `npm start` shows, and the recipe on a data table. */
const SMALL = ['orders-to-esputnik.json', 'backfill-that-survives-a-crash.json'];

/** Those around one that sends: a dry run of them counts or tells, and changes nothing. */
const AROUND = ['million-events/dispatcher.json', 'million-events/watcher.json'];

const files = readdirSync('examples', { recursive: true, encoding: 'utf8' }).filter((file) =>
	file.endsWith('.json'),
);
const pages = readdirSync('docs/workflows').map((page) =>
	readFileSync(`docs/workflows/${page}`, 'utf8'),
);

describe.each(files)('examples/%s', (file) => {
	const parsed: unknown = JSON.parse(readFileSync(`examples/${file}`, 'utf8'));
	const { nodes } = Workflow.parse(parsed);
	const ofType = (type: string) => nodes.filter((node) => node.type === type);
	const notes = ofType('n8n-nodes-base.stickyNote');

	test('has no credential of its own and no Code node', () => {
		expect(nodes.filter((node) => 'credentials' in node)).toEqual([]);
		expect(nodes.filter(({ type }) => /\.(code|function|functionItem)$/.test(type))).toEqual([]);
	});

	test('says in a note what it does, and no note lies over another', () => {
		expect(notes.map(({ name }) => name)).toContain('What this does');
		const places = notes.map(({ position: [x, y], parameters }) => {
			const { width, height } = Sized.parse(parameters);
			return { left: x, top: y, right: x + width, bottom: y + height };
		});
		const overlaps = places.flatMap((one, index) =>
			places
				.slice(index + 1)
				.filter(
					(other) =>
						one.left < other.right &&
						other.left < one.right &&
						one.top < other.bottom &&
						other.top < one.bottom,
				),
		);
		expect(overlaps).toEqual([]);
	});

	test('is shown on a page of docs/workflows, with its picture', () => {
		const picture = `pictures/workflow-${file.replace('/', '-').replace('.json', '')}.png`;
		expect(pages.filter((page) => page.includes(`examples/${file}`))).not.toEqual([]);
		expect(pages.filter((page) => page.includes(picture))).toHaveLength(1);
		expect(existsSync(`docs/${picture}`)).toBe(true);
	});

	if (SMALL.includes(file)) return;

	const senders = ofType('n8n-nodes-esputnik.esputnik');

	test('is set up in one node', () => {
		const [settings, ...more] = nodes.filter(({ name }) => name === 'Settings');
		expect(more).toEqual([]);
		const { assignments } = Settings.parse(settings.parameters).assignments;
		const values = new Map(assignments.map(({ name, value }) => [name, value]));
		expect(values.get('dryRun')).toBe(
			senders.length > 0 || AROUND.includes(file) ? true : undefined,
		);
	});

	test('begins with a dry run, which every eSputnik node follows', () => {
		for (const { parameters } of senders)
			expect(parameters.options).toMatchObject({
				dryRun: "={{ $('Settings').first().json.dryRun }}",
			});
	});
});
