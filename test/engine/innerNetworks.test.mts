import { withProtectionOfInnerNetworks } from '../support/engineServices.mts';
import { jsonOf, orders, send, useStandin } from '../support/esputnik.mts';

const standin = useStandin();

test('an address that n8n forbids, to protect inner networks: nothing was sent, and it is told', async () => {
	await withProtectionOfInnerNetworks(async () => {
		const run = await send(standin(), { items: orders(1), onError: 'continueRegularOutput' });

		expect(jsonOf(run)).toMatchObject([{ status: 'notSent', reason: 'CONNECTION_FAILED' }]);
		expect(jsonOf(run)[0].message).toMatch(/n8n .*restricted IP address/);
		expect(jsonOf(run)[0].message).not.toMatch(/401/);
		expect(standin().received.requests).toEqual([]);
	});
});
