// The thread that writes in a rush.
import { parentPort, workerData } from 'node:worker_threads';
import { type RushThreadData, writeInThread } from './core/write-in-thread.ts';
import { inTransactions } from './store.ts';

writeInThread(parentPort!, workerData as RushThreadData, inTransactions);
