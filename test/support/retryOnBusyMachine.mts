// Where nobody watches, a test that met a stalled machine has a second chance; its first failure is printed all the same.
if (process.env.CI) jest.retryTimes(1, { logErrorsBeforeRetry: true });
