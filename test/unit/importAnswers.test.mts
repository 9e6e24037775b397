import { judgeImport } from '../../nodes/Esputnik/resources/contact/import/sending/judgement.ts';
import { json } from '../support/serverAnswer.mts';

const ANN = { email: 'ann@example.com', phone: '380501111111' };
const BOB = { email: 'bob@example.com', phone: '380502222222' };

/** `accepted`, or `rejected: No`, for each of the contacts, and what was said of the import. */
function told(body: unknown, contacts = [ANN, BOB], status = 200): string[] {
	const verdict = judgeImport(
		{ ...json(body), status },
		contacts.length,
		(position) => contacts[position],
	);
	if (verdict.kind !== 'judged') return [verdict.kind];
	return verdict.records.map((record) => {
		switch (record.kind) {
			case 'accepted':
				return `accepted${record.receipt?.said ? `, ${record.receipt.said}` : ''}`;
			case 'rejected':
			case 'uncertain':
				return `${record.kind}: ${'error' in record.fault ? record.fault.error : ''}`;
			default:
				return record.kind;
		}
	});
}

test.each([200, 201, 202])('HTTP %i with a session says that the import has begun', (status) => {
	expect(told({ asyncSessionId: 's' }, [ANN], status)).toEqual(['accepted']);
});

test.each([
	['in other case', { channels: [{ type: 'EMAIL', value: ' Bob@Example.COM' }], error: 'No' }],
	['by a formatted phone', { channels: { type: 'sms', value: '+38/050/222.22.22' }, error: 'No' }],
	['outside of channels', { email: 'bob@example.com', error: 'No' }],
])('a failed contact that is named %s', (_, failedContacts) => {
	expect(told({ asyncSessionId: 's', failedContacts })).toEqual(['accepted', 'rejected: No']);
});

describe('failed contacts without a name', () => {
	test('are all of the request where they are as many', () => {
		const failedContacts = [{ error: 'No' }, { error: 'Neither' }];

		expect(told({ failedContacts })).toEqual(['rejected: No; Neither', 'rejected: No; Neither']);
		expect(told({ asyncSessionId: 's', failedContacts: { error: 'No' } }, [ANN])).toEqual([
			'rejected: No',
		]);
	});

	test('are the rest beside those that have one', () => {
		const failedContacts = [{ email: ANN.email, error: 'No' }, { error: 'Neither' }];

		expect(told({ failedContacts })).toEqual(['rejected: No', 'rejected: Neither']);
	});

	test('may be any where they are fewer: nobody guesses, and what was said is told', () => {
		expect(told({ asyncSessionId: 's', failedContacts: { error: 'No' } })).toEqual([
			'accepted, No',
			'accepted, No',
		]);
	});
});

test('a failed contact that none of the request can be rejects nobody', () => {
	const failedContacts = [{ channels: [{ type: 'email', value: 'x@example.com' }], error: 'No' }];

	expect(told({ asyncSessionId: 's', failedContacts }, [ANN])).toEqual(['accepted, No']);
});

test('external ids that differ in case are told apart', () => {
	const contacts = [
		{ ...ANN, externalCustomerId: 'aB' },
		{ ...ANN, externalCustomerId: 'Ab' },
	];
	const failedContacts = [{ externalCustomerId: 'Ab', error: 'No' }];

	expect(told({ asyncSessionId: 's', failedContacts }, contacts)).toEqual([
		'accepted',
		'rejected: No',
	]);
});
