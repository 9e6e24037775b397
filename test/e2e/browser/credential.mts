import type { Cases } from '../support/cases.mts';
import type { Stage } from '../support/stage.mts';
import { CREDENTIAL } from '../support/workflows.mts';
import type { Editor } from './editor.mts';
import type { Pictures } from './pictures.mts';

/** The credential's own words for a key that eSputnik refuses. */
const WRONG_KEY = 'eSputnik does not know this API key (HTTP 401)';

/** The credential's window: its fields and its test. */
export async function credential(
	cases: Cases,
	stage: Stage,
	editor: Editor,
	pictures: Pictures,
): Promise<void> {
	cases.topic('In the editor: the credential');
	const { page } = editor;

	await cases.run('the test of a good key succeeds', async () => {
		await page.goto(`${stage.server.url}/home/credentials/${CREDENTIAL.id}`);
		await page.getByText('Connection tested successfully').waitFor();
		await pictures.take(page, 'credential');
	});

	await cases.run('after saving a wrong key the test says so', async () => {
		await page.getByTestId('parameter-input-apiKey').locator('input').fill('wrong-key');
		await page.getByTestId('credential-save-button').click();
		await page.getByText(/Couldn.t connect with these settings/).waitFor();
		await page.getByText('More details').click();
		await page.getByText(WRONG_KEY).waitFor();
		await pictures.take(page, 'credential-wrong');
	});

	await cases.run('with the right key again the test succeeds', async () => {
		await page.getByTestId('parameter-input-apiKey').locator('input').fill(stage.standin.apiKey);
		await page.getByTestId('credential-save-button').click();
		await page.getByText('Connection tested successfully').waitFor();
	});
}
