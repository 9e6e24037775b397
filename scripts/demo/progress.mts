const INTERVAL_MS = 200;

/**
 * Tells on the terminal how far the run is: a line for each node, and how many orders eSputnik has answered.
 *
 * @param statuses gives the number of events answered so far, by status
 */
export function showProgress(statuses: () => Readonly<Record<string, number>>, total: number) {
	const { isTTY } = process.stdout;
	let shown = 0;
	const show = () => {
		const answered = Object.values(statuses()).reduce((sum, count) => sum + count, 0);
		if (answered === shown) return;
		shown = answered;
		const line = `  ${answered.toLocaleString('en')} of ${total.toLocaleString('en')} orders answered`;
		process.stdout.write(isTTY ? `\r${line}` : `${line}\n`);
	};
	const timer = setInterval(show, INTERVAL_MS);
	const endLine = () => {
		if (isTTY && shown > 0) process.stdout.write('\n');
	};
	return {
		step(node: string) {
			show();
			endLine();
			console.log(`${node} …`);
		},
		end() {
			clearInterval(timer);
			show();
			console.log();
		},
	};
}
