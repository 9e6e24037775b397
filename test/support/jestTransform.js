const { transformSync } = require('esbuild');

/** Jest loads CommonJS; this turns every TypeScript file (.ts and .mts alike) into it, without a type check. */
module.exports = {
	process(source, file) {
		const { code, map } = transformSync(source, {
			loader: 'ts',
			format: 'cjs',
			target: 'node20',
			sourcemap: 'external',
			sourcefile: file,
		});
		return { code, map };
	},
};
