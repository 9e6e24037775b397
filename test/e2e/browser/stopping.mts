import assert from 'node:assert/strict';
import type { Cases } from '../support/cases.mts';
import { until } from '../support/runs.mts';
import type { Stage } from '../support/stage.mts';
import { clickUntil } from './clickUntil.mts';
import type { Editor } from './editor.mts';
import { NodePanel } from './nodePanel.mts';
import type { Pictures } from './pictures.mts';

/** A workflow that takes long: 2,000 events, ten a request. */
export const LONG = { id: 'e2eLongRun000001', name: 'Many orders' };

/** *Stop* during a run. */
export async function stopping(
	cases: Cases,
	stage: Stage,
	editor: Editor,
	pictures: Pictures,
): Promise<void> {
	cases.topic('In the editor: Stop during a run');
	const { page } = editor;
	const { standin } = stage;

	await cases.run('ends the run within seconds', async () => {
		standin.reset();
		standin.configure({ latencyMs: 2000 });
		await editor.openWorkflow(LONG);
		await editor.closeMessages();
		await page.getByTestId('execute-workflow-button').click();
		await until('ten requests being sent', () => standin.received.sends.length >= 10);
		await clickUntil(
			page.getByTestId('stop-execution-button'),
			page.getByText('Execution stopped').first().waitFor(),
		);
		const sent = standin.received.sends.length;
		await page.waitForTimeout(3000);
		assert.ok(standin.received.sends.length <= sent + 4, 'no more requests than were in flight');
		assert.ok(standin.received.count < 2000);
	});

	await cases.run('n8n then shows no outcomes', async () => {
		await pictures.take(page, 'stop');
		const panel = await NodePanel.open(page, editor.node('eSputnik'));
		assert.equal(await panel.output.getByText('accepted').count(), 0);
		await panel.close();
	});

	await cases.run("n8n's log tells how many are stored, and which", async () => {
		standin.configure({ latencyMs: 0 });
		let lines: string[] = [];
		await until('the log line of the run', async () => {
			const log = await stage.server.log();
			lines = log.split('\n').filter((line) => line.includes('eSputnik') && /accepted/.test(line));
			return lines.length > 0;
		});
		assert.match(lines.join('\n'), /accepted/);
		assert.match(lines.join('\n'), /uncertain/);
		assert.match(lines.join('\n'), /not sent|notSent/);
	});
}
