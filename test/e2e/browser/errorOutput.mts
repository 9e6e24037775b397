import assert from 'node:assert/strict';
import type { Cases } from '../support/cases.mts';
import type { Stage } from '../support/stage.mts';
import type { Editor } from './editor.mts';
import { NodePanel } from './nodePanel.mts';
import type { Pictures } from './pictures.mts';

/** A workflow whose input has rows that the node refuses. */
export const FLAWED = { id: 'e2eFlawedRows001', name: 'Orders with mistakes' };

const NODE = 'eSputnik';

/** The node's *On Error* setting, and what a user then sees. */
export async function errorOutput(
	cases: Cases,
	stage: Stage,
	editor: Editor,
	pictures: Pictures,
): Promise<void> {
	cases.topic('In the editor: items that cannot be sent');
	const { page } = editor;
	const { standin } = stage;

	await cases.run(
		'Stop Workflow: the message says what is wrong, and nothing was sent',
		async () => {
			standin.reset();
			await editor.openWorkflow(FLAWED);
			await editor.executeWorkflow();
			const panel = await NodePanel.open(page, editor.node(NODE));
			await panel.output.getByText('4 of 16 items cannot be sent').first().waitFor();
			await editor.closeMessages();
			await pictures.takePanel(page, 'stopped');
			assert.equal(standin.received.requests.length, 0);
		},
	);

	await cases.run('Continue (using error output) is chosen in the settings', async () => {
		const panel = await NodePanel.opened(page);
		await panel.openSettings();
		await panel.choose('onError', 'Continue (using error output)');
		await panel.close();
		await page.getByText('Error', { exact: true }).first().waitFor();
	});

	await cases.run(
		'both branches: the accepted ones, and each other item with its reason',
		async () => {
			await editor.executeWorkflow();
			await editor.closeMessages();
			await editor.fitToCanvas();
			await page.getByText('12 items').first().waitFor();
			await page.getByText('4 items').first().waitFor();
			const panel = await NodePanel.open(page, editor.node(NODE));
			await panel.output.getByText('Success Branch (12 items)').waitFor();
			await panel.output.getByText('Error Branch (4 items)').click();
			for (const reason of [
				'OCCURRED_DATE_IS_REQUIRED',
				'OCCURRED_AMBIGUOUS',
				'KEY_VALUE_REQUIRED',
				'KEY_VALUE_NOT_AN_EMAIL',
			])
				await panel.output.getByText(reason).first().waitFor();
			// One below the other, the reason stands beside the fields of the item.
			await panel.output.getByTestId('radio-button-schema').click();
			await panel.output.getByText('OCCURRED_DATE_IS_REQUIRED').first().waitFor();
			await pictures.takePanel(page, 'error-branch');
			await panel.close();
			assert.equal(standin.received.count, 12);
		},
	);
}
