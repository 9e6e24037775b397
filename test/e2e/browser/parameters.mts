import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Cases } from '../support/cases.mts';
import { savedParameters } from '../support/runs.mts';
import type { Stage } from '../support/stage.mts';
import type { Editor } from './editor.mts';
import { NodePanel } from './nodePanel.mts';
import type { Pictures } from './pictures.mts';
import { LONG } from './stopping.mts';

/** A workflow with a node that nobody has set up yet. */
export const BLANK = { id: 'e2eBlankNode0001', name: 'Orders, node not set up' };

/** The list has the zone by its current name, Europe/Kyiv. */
export const ZONE_OF_OLD = 'Europe/Kiev';

const NODE = 'eSputnik';

/** Every option of Send Past Events: its label, how it is filled, and what is saved. */
const OPTIONS: readonly {
	label: string;
	name: string;
	fill: 'choose' | 'type' | 'toggle' | 'none';
	text?: string;
	saved: unknown;
}[] = [
	{ label: 'Allow Retry of Executions', name: 'allowRetry', fill: 'toggle', saved: true },
	{ label: 'API Version', name: 'apiVersion', fill: 'choose', text: 'V2', saved: 'v2' },
	{ label: 'Batch Size', name: 'batchSize', fill: 'type', text: '100', saved: 100 },
	{ label: 'Date Parameter', name: 'occurredParam', fill: 'type', text: 'date', saved: 'date' },
	{ label: 'Dry Run', name: 'dryRun', fill: 'none', saved: true },
	{
		label: 'Empty Values',
		name: 'emptyValues',
		fill: 'choose',
		text: 'Send as Empty Text',
		saved: 'send',
	},
	{
		label: 'Input Fields in Outcomes',
		name: 'includeInputFields',
		fill: 'type',
		text: 'externalOrderId',
		saved: 'externalOrderId',
	},
	{ label: 'Max Retries', name: 'maxRetries', fill: 'type', text: '3', saved: 3 },
	{
		label: 'Nested Values',
		name: 'nestedValues',
		fill: 'choose',
		text: 'Flatten',
		saved: 'flatten',
	},
	{
		label: 'Offset Handling',
		name: 'offsetHandling',
		fill: 'choose',
		text: 'Keep the Time as Written',
		saved: 'ignore',
	},
	{ label: 'Output', name: 'output', fill: 'choose', text: 'One Summary Item', saved: 'summary' },
	{ label: 'Parallel Requests', name: 'parallelRequests', fill: 'type', text: '8', saved: 8 },
	{ label: 'Requests per Second', name: 'requestsPerSecond', fill: 'type', text: '50', saved: 50 },
	{
		label: 'Source Time Zone',
		name: 'sourceTimezone',
		fill: 'choose',
		text: 'America/New_York',
		saved: 'America/New_York',
	},
	{ label: 'Timeout', name: 'timeout', fill: 'type', text: '30000', saved: 30_000 },
	{ label: 'Validation', name: 'validation', fill: 'choose', text: 'By eSputnik', saved: 'server' },
	{
		label: 'When a Request Is Uncertain',
		name: 'onUncertain',
		fill: 'choose',
		text: 'Send It Again',
		saved: 'resend',
	},
];

/** Every parameter of every mode, filled as a user would and compared with what n8n saved. */
export async function parameters(
	cases: Cases,
	stage: Stage,
	editor: Editor,
	pictures: Pictures,
): Promise<void> {
	cases.topic('In the editor: every parameter');
	const { page } = editor;
	const saved = (condition: (parameters: Record<string, unknown>) => boolean) =>
		savedParameters(stage, BLANK.id, NODE, condition);

	await cases.run('lists have their entries in an order that a reader expects', async () => {
		await editor.openWorkflow(BLANK);
		const panel = await NodePanel.open(page, editor.node(NODE));
		await panel.executePreviousNodes();
		await editor.closeMessages();
		// n8n adds the last one to every node with a credential.
		const resources = ['Contact', 'Live Event', 'Past Event', 'Custom API Call'];
		assert.deepEqual(await panel.choices('resource'), resources);
		const operations = ['Delete Past Events', 'Send Past Events', 'Custom API Call'];
		assert.deepEqual(await panel.choices('operation'), operations);
		const identifiers = await panel.choices('contactIdentifier');
		assert.deepEqual(identifiers, [...identifiers].sort());
		const formats = await panel.choices('occurredFormat');
		assert.deepEqual(formats, [...formats].sort());
		const entries = await panel.openOptions();
		assert.deepEqual(
			await entries.allInnerTexts(),
			OPTIONS.map(({ label }) => label),
		);
		await page.keyboard.press('Escape');
	});

	await cases.run('the event type by its key, the identifier, the date and the zone', async () => {
		const panel = await NodePanel.opened(page);
		await panel.typeEventType('subscriptionConfirmed');
		await panel.dragField('email', 'keyValue');
		await panel.choose('contactIdentifier', 'External Customer ID');
		await panel.dragField('created_at', 'occurred');
		await panel.choose('occurredFormat', 'Custom');
		await panel.type('occurredCustomFormat', "yyyy-MM-dd'T'HH:mm");
		await panel.searchAndChoose('accountTimezone', 'kyiv', 'Europe/Kyiv');
		const all = await saved(({ accountTimezone }) => accountTimezone === 'Europe/Kyiv');
		assert.deepEqual(without(all, 'options', 'params'), {
			eventTypeKey: { __rl: true, mode: 'id', value: 'subscriptionConfirmed' },
			keyValue: '={{ $json.email }}',
			contactIdentifier: 'externalCustomerId',
			occurred: '={{ $json.created_at }}',
			occurredFormat: 'custom',
			occurredCustomFormat: "yyyy-MM-dd'T'HH:mm",
			accountTimezone: 'Europe/Kyiv',
		});
	});

	await cases.run("parameters one by one: fields dropped in, a row of one's own", async () => {
		const panel = await NodePanel.opened(page);
		await panel.choose('occurredFormat', 'Automatic');
		const area = panel.root.getByTestId('assignment-collection-drop-area');
		await panel.dragField('externalOrderId', area);
		await panel.dragField('totalCost', area);
		await area.getByText('Add Field').click();
		const row = panel.root.getByTestId('assignment').last();
		await row.getByTestId('assignment-name').locator('input').fill('source');
		await row.getByTestId('assignment-value').locator('input').fill('shop');
		// A menu of types would do nothing here: v1 sends every value as text.
		assert.equal(
			await panel.root.locator('[data-test-id=assignment-type-select] button:enabled').count(),
			0,
		);
		await editor.closeMessages();
		await pictures.takePanel(page, 'panel-defineBelow');
		const { params } = await saved((all) => JSON.stringify(all.params ?? '').includes('shop'));
		assert.deepEqual(
			assignmentsOf(params).map(({ name, value }) => [name, value]),
			[
				['externalOrderId', '={{ $json.externalOrderId }}'],
				['totalCost', '={{ $json.totalCost }}'],
				['source', 'shop'],
			],
		);
	});

	await cases.run('parameters automatically: all, selected, except', async () => {
		const panel = await NodePanel.opened(page);
		await panel.choose('paramsMode', 'Map Automatically');
		await panel.choose('include', 'Selected Fields');
		await panel.type('includeFields', 'externalOrderId, totalCost');
		await saved(({ includeFields }) => includeFields === 'externalOrderId, totalCost');
		await panel.choose('include', 'All Fields Except');
		await panel.type('excludeFields', 'city');
		await pictures.takePanel(page, 'panel-autoMapInputData');
		const all = await saved(({ excludeFields }) => excludeFields === 'city');
		assert.equal(all.include, 'except');
		assert.equal(await panel.root.getByTestId('parameter-input-includeFields').count(), 0);
		assert.equal(await panel.root.getByTestId('assignment-collection-params').count(), 0);
	});

	await cases.run('parameters as JSON', async () => {
		const panel = await NodePanel.opened(page);
		await panel.choose('paramsMode', 'JSON');
		await panel.typeCode('paramsJson', '{"channel": "shop"}');
		await pictures.takePanel(page, 'panel-json');
		const all = await saved(({ paramsJson }) => paramsJson === '{"channel": "shop"}');
		assert.equal(all.paramsMode, 'json');
		assert.equal(await panel.root.getByTestId('parameter-input-include').count(), 0);
	});

	await cases.run('each of the options', async () => {
		const panel = await NodePanel.opened(page);
		for (const option of OPTIONS) {
			await panel.addOption(option.label);
			if (option.fill === 'choose') await panel.choose(option.name, option.text ?? '');
			if (option.fill === 'type') await panel.type(option.name, option.text ?? '');
			if (option.fill === 'toggle') await panel.toggle(option.name);
		}
		await page.setViewportSize({ width: 1600, height: 1900 });
		await pictures.takePanel(page, 'panel-options');
		await page.setViewportSize({ width: 1600, height: 900 });
		const { options } = await saved((all) => JSON.stringify(all.options).includes('resend'));
		assert.deepEqual(
			options,
			Object.fromEntries(OPTIONS.map(({ name, saved: value }) => [name, value])),
		);
	});

	await cases.run('a dry run shows the request and sends nothing', async () => {
		const panel = await NodePanel.opened(page);
		stage.standin.reset();
		await editor.executeStep(panel);
		await panel.output.getByText('/v2/past_events').first().waitFor();
		await editor.closeMessages();
		await pictures.takePanel(page, 'dry-run');
		assert.equal(stage.standin.received.requests.length, 0);
		await panel.close();
	});

	await cases.run('a zone that a saved workflow holds as text stays, listed or not', async () => {
		await editor.openWorkflow(LONG);
		const panel = await NodePanel.open(page, editor.node(NODE));
		const shown = panel.parameter('accountTimezone').locator('input').first();
		assert.equal(await shown.inputValue(), ZONE_OF_OLD);
		await panel.close();
	});
}

function without(all: Record<string, unknown>, ...names: string[]): Record<string, unknown> {
	return Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));
}

function assignmentsOf(params: unknown): z.infer<typeof Params>['assignments'] {
	return Params.parse(params).assignments;
}

const Params = z.object({
	assignments: z.array(z.object({ name: z.string(), value: z.unknown() })),
});
