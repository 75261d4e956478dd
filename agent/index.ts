// What every agent of the hub does, on a node or in a cluster: registers, keeps its certificate, says how it is.
export * from './contact.ts';
export * from './errors.ts';
export * from './health.ts';
export * from './heartbeat.ts';
export * from './hub-client.ts';
export * from './identity/authority-file.ts';
export * from './identity/identity.ts';
export * from './identity/identity-file.ts';
export * from './identity/keeper.ts';
export * from './identity/registrar.ts';
