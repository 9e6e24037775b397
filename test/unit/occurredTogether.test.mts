import { compileDateReader } from '../../nodes/Esputnik/dates/dateReader.ts';
import { watchDates } from '../../nodes/Esputnik/resources/pastEvent/send/datesSeen.ts';
import { DEFAULTS } from '../support/occurred.mts';

/** What the last of some dates of one run is told to do. */
function adviceOnLast(values: readonly unknown[]): string {
	const reader = compileDateReader(DEFAULTS);
	if ('kind' in reader) throw new Error(reader.kind);
	const seen = watchDates(reader, false);
	const last = values.map((value) => seen.read(value)).pop();
	if (last === undefined || typeof last === 'string') throw new Error('The last date was read');
	return seen.problemOf(last).advice;
}

const MANY = Array.from({ length: 2_996 }, (_, index) => `0${(index % 9) + 1}/05/2024`);

describe('The refusal of an ambiguous date looks at all dates of the run', () => {
	it('and names the format that fits all of them, where a 13 in one tells it', () => {
		expect(adviceOnLast([...MANY, '31/12/2024', '12/05/2024'])).toBe(
			"Choose 'Date Format': 'Day First' makes it 2024-05-12, 'Month First' makes it 2024-12-05. All 2,998 fit 'Day First', and no other format does.",
		);
		expect(adviceOnLast([...MANY, '05/31/2024', '12/05/2024'])).toContain(
			"All 2,998 fit 'Month First', and no other format does.",
		);
		expect(adviceOnLast(['31/12/2024', '30/11/2024'])).toContain("Both fit 'Day First'");
	});

	it('and names none where several fit', () => {
		expect(adviceOnLast([...MANY, '12/05/2024'])).toBe(
			"Choose 'Date Format': 'Day First' makes it 2024-05-12, 'Month First' makes it 2024-12-05.",
		);
	});

	it('and says so where none fits all', () => {
		expect(adviceOnLast(['31/12/2024', '12/31/2024'])).toBe(
			"Choose 'Date Format': 'Month First' makes it 2024-12-31. No format fits all of them: they are written in different ways.",
		);
	});

	it('and counts years of two digits, which may stand first, too', () => {
		expect(adviceOnLast(['24/05/31', '24/12/05'])).not.toContain('fit');
		expect(adviceOnLast(['24/05/32', '24/12/05', '99/12/05'])).toContain(
			"'Custom' with yy/MM/dd makes it 1999-12-05.",
		);
	});

	it('and leaves out those that are no dates, or were read', () => {
		expect(adviceOnLast(['soon', '2024-05-12', 45424.42, '31/12/2024', '12/05/2024'])).toContain(
			"Both fit 'Day First'",
		);
	});
});
