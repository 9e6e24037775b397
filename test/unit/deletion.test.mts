import { deletionsOf } from '../../nodes/Esputnik/resources/pastEvent/delete/deletion.ts';
import { rateLimited } from '../../nodes/Esputnik/delivery/problems.ts';
import { deletionJson } from '../../nodes/Esputnik/resources/pastEvent/delete/deletionReport.ts';

test('a deletion that met 429 to the end is not told to lower an option that it does not have', () => {
	const ending = { kind: 'later', problem: rateLimited('Too many requests') } as const;
	const [deletion] = deletionsOf([ending], false);

	expect(deletionJson(deletion, {})).toEqual({
		deleted: false,
		status: 'notSent',
		reason: 'RATE_LIMITED',
		message:
			"eSputnik gets too many requests (HTTP 429) and did not take this one, however often it was sent again: 'Too many requests'. Run these items again later.",
	});
});
