import assert from 'node:assert/strict';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Cases } from '../support/cases.mts';
import { savedParameters, until } from '../support/runs.mts';
import type { Stage } from '../support/stage.mts';
import type { Editor } from './editor.mts';
import { NodePanel } from './nodePanel.mts';
import type { Pictures } from './pictures.mts';

/** A workflow whose node imports contacts and has no column mapped yet. */
export const BLANK_IMPORT = { id: 'e2eBlankImport01', name: 'Customers' };

const NODE = 'eSputnik';

const Mapping = Type.Object({ value: Type.Record(Type.String(), Type.Unknown()) });

/** The step before every history: the columns of a contact are filled by dragging, and each item tells what became of it. */
export async function contacts(
	cases: Cases,
	stage: Stage,
	editor: Editor,
	pictures: Pictures,
): Promise<void> {
	cases.topic('In the editor: contacts');
	const { page } = editor;
	const { standin } = stage;
	standin.reset();

	await cases.run(
		'the usual columns of a contact are there; the others, and the additional fields of the account, can be added',
		async () => {
			await editor.openWorkflow(BLANK_IMPORT);
			const panel = await NodePanel.open(page, editor.node(NODE));
			await panel.executePreviousNodes();
			const columns = panel.root.getByTestId('resource-mapper-container');
			for (const label of ['Email', 'Phone', 'First Name', 'Last Name']) {
				await columns.getByText(label, { exact: true }).first().waitFor();
			}
			for (const label of ['Town', 'Loyalty level']) {
				await columns.getByText('Add column to send').click();
				await page.getByText(label, { exact: true }).last().click();
				await columns.getByText(label).first().waitFor();
			}
			await panel.choose('field:15867', 'gold');
		},
	);

	await cases.run('what a drag writes into a column is the plain field path', async () => {
		const panel = await NodePanel.opened(page);
		await panel.dragField('email', 'email');
		await panel.dragField('city', 'town');
		const { contactMapping } = await savedParameters(stage, BLANK_IMPORT.id, NODE, (saved) =>
			JSON.stringify(saved.contactMapping ?? null).includes('city'),
		);
		const { value } = Value.Parse(Mapping, contactMapping);
		assert.equal(value.email, '={{ $json.email }}');
		assert.equal(value.town, '={{ $json.city }}');
		assert.equal(value['field:15867'], 'gold');
		// What n8n tells of the value that is being edited would cover the next columns.
		await panel.root.getByText('Values to Send').click();
		await editor.closeMessages();
		await pictures.takePanel(page, 'contacts');
	});

	await cases.run('a run waits for eSputnik and shows the id of each contact', async () => {
		const panel = await NodePanel.opened(page);
		await editor.executeStep(panel);
		await panel.output.getByText('30 items').waitFor({ timeout: 60_000 });
		// The panel stays in the view in which it was left, whatever the node.
		await panel.output.getByText('Table', { exact: true }).click();
		const imported = panel.output.getByRole('cell', { name: 'imported' });
		await until('a full page of outcomes', async () => (await imported.count()) === 25);
		await editor.closeMessages();
		await pictures.takePanel(page, 'contacts-imported');
		assert.equal(standin.received.counts().contacts, 30);
		await panel.close();
	});
}
