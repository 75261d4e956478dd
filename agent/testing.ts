// For tests of agents: a small real hub with mutual TLS, and a proxy on the way to it.
export { type ConnectProxy, startConnectProxy } from './testing/connect-proxy.ts';
export { createTestHub, type Refusal, type TakenBatch, type TestHub } from './testing/test-hub.ts';
