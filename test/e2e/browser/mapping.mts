import assert from 'node:assert/strict';
import type { Cases } from '../support/cases.mts';
import { savedParameters, until } from '../support/runs.mts';
import type { Stage } from '../support/stage.mts';
import { clickUntil } from './clickUntil.mts';
import type { Editor } from './editor.mts';
import { NodePanel } from './nodePanel.mts';
import type { Pictures } from './pictures.mts';

/** A workflow that ends with rows and waits for the node. */
export const SOURCE_ONLY = { id: 'e2eSourceOnly001', name: 'Orders' };

const NODE = 'Send past events';

/** The first five minutes with the node: find it, drop it behind a source, fill it, run it, read what became of each item. */
export async function mapping(
	cases: Cases,
	stage: Stage,
	editor: Editor,
	pictures: Pictures,
): Promise<void> {
	cases.topic('In the editor: the first event');
	const { page } = editor;
	const { standin } = stage;
	standin.reset();

	await cases.run('the nodes panel finds it by "yespo", "past events" and "esputnik"', async () => {
		await editor.openWorkflow(SOURCE_ONLY);
		await editor.executeWorkflow();
		await editor.closeMessages();
		await editor.openNodesPanel();
		for (const words of ['yespo', 'past events', 'esputnik']) {
			await page.getByTestId('node-creator-search-bar').fill(words);
			await editor.foundNode('eSputnik (Yespo)').waitFor();
		}
		await pictures.take(page, 'nodes-panel');
	});

	await cases.run('dropped behind a source it opens with the input beside it', async () => {
		const operation = page.getByText('Send past events', { exact: true });
		await clickUntil(editor.foundNode('eSputnik (Yespo)'), operation.waitFor());
		await clickUntil(operation, page.getByTestId('ndv').waitFor());
		const panel = await NodePanel.opened(page);
		await panel.root.getByTestId('node-title-container').filter({ hasText: NODE }).waitFor();
		await panel.root.getByText('30 items').first().waitFor();
		// The only credential of the type is chosen already.
		await panel.root.getByTestId('node-credentials-select').waitFor();
		await pictures.takePanel(page, 'panel-new');
	});

	await cases.run('what a drag writes is the plain field path', async () => {
		const panel = await NodePanel.opened(page);
		await panel.dragField('email', 'keyValue');
		await panel.dragField('created_at', 'occurred');
		const saved = await savedParameters(stage, SOURCE_ONLY.id, NODE, ({ occurred }) => !!occurred);
		assert.equal(saved.keyValue, '={{ $json.email }}');
		assert.equal(saved.occurred, '={{ $json.created_at }}');
	});

	await cases.run(
		'event types are listed by label and key, sorted, and can be searched',
		async () => {
			const panel = await NodePanel.opened(page);
			await editor.closeMessages();
			const entries = await panel.openEventTypes();
			const labels = await entries.allInnerTexts();
			assert.deepEqual(labels, [...labels].sort());
			assert.ok(labels.includes('Order Created (orderCreated)'));
			await pictures.takePanel(page, 'event-types');
			await page.getByTestId('rlc-search').fill('wish');
			await until('one entry being left', async () => (await entries.count()) === 1);
			assert.deepEqual(await entries.allInnerTexts(), [
				'Product Added to Wishlist (productAddedToWishlist)',
			]);
			await page.getByTestId('rlc-search').fill('order');
			await entries.filter({ hasText: '(orderCreated)' }).click();
		},
	);

	await cases.run(
		'a run shows the outcome of each item, and the stand-in has them all',
		async () => {
			const panel = await NodePanel.opened(page);
			await panel.choose('paramsMode', 'Map Automatically');
			await editor.executeStep(panel);
			await panel.output.getByText('30 items').waitFor();
			await editor.closeMessages();
			const accepted = panel.output.getByRole('cell', { name: 'accepted' });
			await until('a full page of outcomes', async () => (await accepted.count()) === 25);
			await pictures.takePanel(page, 'outcomes');
			assert.equal(standin.received.count, 30);
			const [{ eventTypeKey, keyValue, occurred, params }] = standin.received.events;
			assert.deepEqual(
				{ eventTypeKey, keyValue, occurred },
				{
					eventTypeKey: 'orderCreated',
					keyValue: 'buyer0@example.com',
					occurred: '2024-01-01T00:00',
				},
			);
			assert.deepEqual(params.map(({ name }) => name).sort(), [
				'city',
				'created_at',
				'date',
				'email',
				'externalOrderId',
				'status',
				'totalCost',
			]);
		},
	);

	await cases.run('hints tell what a user should know after a run', async () => {
		const panel = await NodePanel.opened(page);
		await panel.choose('contactIdentifier', 'None');
		await panel.choose('paramsMode', 'JSON');
		await editor.executeStep(panel);
		await panel.output.getByText('No parameter names the contact').waitFor();
		await panel.output.getByText('times were kept as they are written').waitFor();
		await editor.closeMessages();
		await pictures.takePanel(page, 'hints');
		await panel.close();
	});
}
