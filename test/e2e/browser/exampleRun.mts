import assert from 'node:assert/strict';
import { join } from 'node:path';
import { exampleWorkflow } from '../../../scripts/realN8n/example.mts';
import type { Cases } from '../support/cases.mts';
import { SAMPLE } from '../support/files.mts';
import type { Stage } from '../support/stage.mts';
import { CREDENTIAL } from '../support/workflows.mts';
import type { Editor } from './editor.mts';
import { NodePanel } from './nodePanel.mts';
import type { Pictures } from './pictures.mts';

/** The example, by the *Execute workflow* button: what somebody sees after `npm start`. */
export async function exampleRun(
	cases: Cases,
	stage: Stage,
	editor: Editor,
	pictures: Pictures,
): Promise<void> {
	cases.topic('In the editor: the example');
	const { page } = editor;
	const { standin } = stage;
	const refused = Object.values(SAMPLE.refusals).reduce((sum, count) => sum + count, 0);
	const accepted = SAMPLE.rows.length - refused;

	await cases.run('Execute workflow sends it, and both branches are counted', async () => {
		standin.reset();
		await editor.openWorkflow(await exampleWorkflow(join(stage.files, 'sample.csv'), CREDENTIAL));
		await editor.executeWorkflow();
		await editor.closeMessages();
		await page.getByText(`${accepted} items`).first().waitFor();
		await page.getByText(`${refused} items`).first().waitFor();
		await editor.fitToCanvas();
		await pictures.take(page, 'canvas');
		assert.equal(standin.received.count, accepted);
	});

	await cases.run('the node shows "accepted" for each order', async () => {
		const panel = await NodePanel.open(page, editor.node('eSputnik'));
		await panel.output.getByRole('cell', { name: 'accepted' }).first().waitFor();
		await panel.close();
	});

	await cases.run("the local eSputnik's page shows what it received", async () => {
		const another = await page.context().newPage();
		await another.goto(standin.url);
		await another.getByText('orderCreated').first().waitFor();
		await another.getByText(`${accepted.toLocaleString('en')} events kept`).waitFor();
		await pictures.take(another, 'local-esputnik');
		await another.close();
	});
}
