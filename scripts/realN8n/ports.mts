import getPort, { portNumbers } from 'get-port';
import { Advice } from './problems.mts';

/**
 * A free port for the editor: the one that `N8N_PORT` names, else n8n's usual 5678, else the next free one.
 *
 * @throws {Advice} where the port that `N8N_PORT` names is taken.
 */
export async function editorPort(
	say: (line: string) => void,
	environment: NodeJS.ProcessEnv = process.env,
): Promise<number> {
	const named = environment.N8N_PORT;
	if (named) {
		const wanted = Number(named);
		if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535)
			throw new Advice(`N8N_PORT is "${named}", which is no port. Use a number up to 65535.`);
		if ((await getPort({ port: wanted })) !== wanted)
			throw new Advice(
				`Port ${wanted} is taken by another program. End that one, or set N8N_PORT to another port.`,
			);
		return wanted;
	}
	const port = await getPort({ port: portNumbers(5678, 5778) });
	if (port !== 5678) say(`Port 5678 is taken by another program; using ${port}.`);
	return port;
}
