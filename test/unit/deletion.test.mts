import { deletionWords } from '../../nodes/Esputnik/resources/pastEvent/delete/deletion.ts';

const words = deletionWords('apiKey');

const answered = (status: number, text = '') =>
	words({ kind: 'answer', fault: { kind: 'status', status, form: 'text', text } });

test('a deletion that met 429 to the end is not told to lower an option that it does not have', () => {
	expect(answered(429, 'Too many requests')).toEqual({
		reason: 'RATE_LIMITED',
		what: 'eSputnik gets too many requests (HTTP 429) and did not take this one, however often it was sent again',
		value: 'Too many requests',
		advice: 'Run these items again later.',
	});
});

test.each([400, 403, 409])('HTTP %i may mean that deletion is not enabled', (status) => {
	expect(answered(status).advice).toMatch(/support@esputnik\.com/);
});

test.each([404, 405])('HTTP %i may be a wrong address, too', (status) => {
	expect(answered(status).advice).toMatch(/Check 'Base URL'.*support@esputnik\.com/);
});

test('HTTP 402 names its own cause, not the support', () => {
	expect(answered(402).advice).toMatch(/balance/);
	expect(answered(402).advice).not.toMatch(/support@/);
});
