/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/{unit,engine}/**/*.test.mts'],
	moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'node'],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	transform: { '\\.m?ts$': '<rootDir>/test/support/jestTransform.js' },
	// One more than the smallest machine has cores: some tests wait.
	maxWorkers: 3,
	// No test waits for long; a busy machine may.
	testTimeout: 60_000,
	setupFilesAfterEnv: ['<rootDir>/test/support/retryOnBusyMachine.mts'],
};
