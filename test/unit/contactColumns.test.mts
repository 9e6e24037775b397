import { columnsOfRun } from '../../nodes/Esputnik/resources/contact/import/reading/columnsOfRun.ts';
import type { ImportSettings } from '../../nodes/Esputnik/resources/contact/import/importSettings.ts';
import { createFieldReaders } from '../../nodes/Esputnik/fields/fieldReader.ts';
import { isProblem } from '../../nodes/Esputnik/problem.ts';

test('Map Automatically passes over the additional fields that the account only lets read', () => {
	const settings: Pick<ImportSettings, 'contact' | 'dedupeOn'> = {
		dedupeOn: 'email',
		contact: {
			mode: 'columns',
			raw: {
				mappingMode: 'autoMapInputData',
				value: null,
				schema: [{ id: 'field:2', displayName: 'Score' }],
			},
		},
	};
	const field = { kind: undefined, allowedValues: [] };
	const source = columnsOfRun(
		settings,
		[
			{ ...field, id: 1, name: 'Level', isReadOnly: false },
			{ ...field, id: 2, name: 'Score', isReadOnly: true },
		],
		createFieldReaders(() => undefined),
	);

	const ids = isProblem(source) ? source : source.columns.map(({ id }) => id);
	expect(ids).toContain('field:1');
	expect(ids).not.toContain('field:2');
});
