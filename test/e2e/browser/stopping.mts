import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Cases } from '../support/cases.mts';
import { executionsOf, until } from '../support/runs.mts';
import type { Stage } from '../support/stage.mts';
import { clickUntil } from './clickUntil.mts';
import type { Editor } from './editor.mts';
import type { Pictures } from './pictures.mts';

/** A workflow that takes long: 2,000 events, ten a request. */
export const LONG = { id: 'e2eLongRun000001', name: 'Many orders' };

/** A run as n8n stores it: what its nodes gave stands in a text. */
const StoredRun = z.object({ data: z.string() });

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
		// n8n's editor does not always say "Execution stopped"; that there is nothing left to stop it always shows.
		const stop = page.getByTestId('stop-execution-button');
		await clickUntil(stop, stop.waitFor({ state: 'hidden' }));
		const sent = standin.received.sends.length;
		await page.waitForTimeout(3000);
		assert.ok(standin.received.sends.length <= sent + 4, 'no more requests than were in flight');
		assert.ok(standin.received.count < 2000);
	});

	await cases.run('n8n keeps no outcomes of it', async () => {
		await pictures.take(page, 'stop');
		let stopped: { id: string; status: string } | undefined;
		await until('the run being called canceled', async () => {
			stopped = (await executionsOf(stage, LONG.id)).at(0);
			return stopped?.status === 'canceled';
		});
		const { data } = StoredRun.parse(await stage.api.request('GET', `/executions/${stopped?.id}`));
		assert.match(data, /cancelled manually/);
		assert.doesNotMatch(data, /accepted|uncertain|notSent/);
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
