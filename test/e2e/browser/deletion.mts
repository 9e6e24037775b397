import assert from 'node:assert/strict';
import type { Cases } from '../support/cases.mts';
import { savedParameters } from '../support/runs.mts';
import type { Stage } from '../support/stage.mts';
import type { Editor } from './editor.mts';
import { NodePanel } from './nodePanel.mts';
import type { Pictures } from './pictures.mts';

/** A workflow with a node that nobody has set up yet. */
export const BLANK_DELETE = { id: 'e2eBlankDelete01', name: 'Delete' };

const NODE = 'eSputnik';

/** Delete Past Events as a user meets it. */
export async function deletion(
	cases: Cases,
	stage: Stage,
	editor: Editor,
	pictures: Pictures,
): Promise<void> {
	cases.topic('In the editor: Delete Past Events');
	const { page } = editor;
	const { standin } = stage;

	await cases.run('a warning first, the confirmation last', async () => {
		await editor.openWorkflow(BLANK_DELETE);
		const panel = await NodePanel.open(page, editor.node(NODE));
		await panel.choose('operation', 'Delete Past Events');
		await panel.root.getByText('It cannot be undone').waitFor();
		await panel.root.getByText('Delete Every Event in the Range', { exact: true }).waitFor();
		await panel.root.getByText('they cannot be restored').waitFor();
		assert.deepEqual(await panel.shownParameters(), [
			'resource',
			'operation',
			'range',
			'from',
			'to',
			'accountTimezone',
			'confirmDeletion',
		]);
	});

	await cases.run('whole days are picked as dates and saved as dates', async () => {
		const panel = await NodePanel.opened(page);
		await panel.type('from', '2024-01-01');
		await page.keyboard.press('Enter');
		await panel.type('to', '2024-01-02');
		await page.keyboard.press('Enter');
		await panel.searchAndChoose('accountTimezone', 'kyiv', 'Europe/Kyiv');
		await pictures.takePanel(page, 'delete');
		const { from, to } = await savedParameters(stage, BLANK_DELETE.id, NODE, (all) => !!all.to);
		assert.equal(from, '2024-01-01');
		assert.equal(to, '2024-01-02');
	});

	await cases.run('nothing is sent until the confirmation is on', async () => {
		const panel = await NodePanel.opened(page);
		standin.reset();
		standin.configure({ deletionActive: true });
		await editor.executeStep(panel);
		await panel.output
			.getByText(/confirm/i)
			.first()
			.waitFor();
		await editor.closeMessages();
		assert.equal(standin.received.requests.length, 0);
		await pictures.takePanel(page, 'delete-unconfirmed');
	});

	await cases.run('confirmed, it deletes and says what eSputnik took', async () => {
		const panel = await NodePanel.opened(page);
		await panel.toggle('confirmDeletion');
		await editor.executeStep(panel);
		await panel.output.getByText('2024-01-02T23:59').first().waitFor();
		assert.deepEqual(
			standin.received.deletions.map(({ from, to }) => ({ from, to })),
			[{ from: '2024-01-01T00:00', to: '2024-01-02T23:59' }],
		);
		standin.configure({ deletionActive: false });
		await editor.closeMessages();
		await panel.close();
	});
}
