const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

/**
 * Variables that let requests to this computer pass a proxy by, which HTTP(S)_PROXY may name for all others: the proxy has its own
 * localhost. Both spellings, because HTTP clients differ in which one they prefer.
 */
export function pastProxies(environment: NodeJS.ProcessEnv = process.env): Record<string, string> {
	const { no_proxy: lower, NO_PROXY: upper } = environment;
	const hosts = [lower || upper, ...LOOPBACK].filter(Boolean).join(',');
	return { no_proxy: hosts, NO_PROXY: hosts };
}
