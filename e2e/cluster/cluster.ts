// A running cluster in the hands of a test: kubectl, the API, images, users, restarts; gone after disposal.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { enter } from './ground/holder.ts';
import type { ClusterNetwork } from './ground/network.ts';
import { startPart, stopPart } from './ground/part.ts';
import type { ClusterPaths } from './ground/paths.ts';
import { isRunning } from './ground/process-identity.ts';
import { waitForPart } from './ground/ready.ts';
import { run } from './ground/run.ts';
import { type ClusterState, readState } from './ground/state.ts';
import { identityFiles, kubeconfigFor, nodeNameOf, type User } from './identity/identities.ts';
import { type Image, writeImage } from './images/image-file.ts';
import { type ApiClient, createApiClient } from './objects/api-client.ts';
import { type ApiServerOptions, kubeApiServer, type Setting } from './parts/control-plane.ts';
import { findProgram } from './programs/build.ts';
import { controlPlanePrograms, helm, nodePrograms } from './programs/list.ts';
import { removeCluster } from './remove.ts';

export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

const apiReadyTimeoutMs = 120_000;

/** The path of a program, which must have been built or given before. */
const program = (name: string): string => {
  const known = [...controlPlanePrograms, ...nodePrograms, helm].find((one) => one.name === name);
  const path = known && findProgram(known);
  if (path === undefined) throw new Error(`${name} is not built: npm run cluster:build`);
  return path;
};

export const settingOf = (paths: ClusterPaths, { network }: Pick<ClusterState, 'network'>): Setting => ({
  paths,
  files: identityFiles(paths),
  network,
  program,
});

export class Cluster implements AsyncDisposable {
  readonly name: string;
  readonly paths: ClusterPaths;
  readonly network: ClusterNetwork;
  readonly nodeName: string;
  /** As the cluster's administrator. */
  readonly api: ApiClient;
  readonly #state: ClusterState;
  #apiServer: ApiServerOptions;

  private constructor(
    paths: ClusterPaths,
    state: ClusterState,
    more: { api: ApiClient; server: ApiServerOptions },
  ) {
    this.name = paths.name;
    this.paths = paths;
    this.network = state.network;
    this.nodeName = nodeNameOf(paths.name);
    this.api = more.api;
    this.#state = state;
    this.#apiServer = more.server;
  }

  /** Of one that has been started, by this process or another. */
  static async open(paths: ClusterPaths, server: ApiServerOptions = {}): Promise<Cluster> {
    const state = await readState(paths);
    if (state === undefined || !(await isRunning(state.holder)))
      throw new Error(`no cluster ${paths.name} is running: npm run cluster:up -- --name ${paths.name}`);
    return new Cluster(paths, state, { api: await createApiClient(paths.kubeconfig), server });
  }

  /** Of the cluster's administrator. */
  get kubeconfigFile(): string {
    return this.paths.kubeconfig;
  }

  /** Standard output of kubectl, as the administrator; `input` is its standard input. */
  kubectl(args: readonly string[], input?: string): Promise<string> {
    return this.#command('kubectl', args, input);
  }

  helm(args: readonly string[]): Promise<string> {
    return this.#command('helm', args);
  }

  #command(name: string, args: readonly string[], input?: string): Promise<string> {
    const home = this.paths.of('home');
    const env = {
      KUBECONFIG: this.paths.kubeconfig,
      HOME: home,
      XDG_CACHE_HOME: home,
      XDG_CONFIG_HOME: home,
      XDG_DATA_HOME: home,
    };
    return run(program(name), args, { env, timeoutMs: 120_000, ...(input === undefined ? {} : { input }) });
  }

  /** Server-side apply, in the order given. */
  async apply(objects: readonly KubeObject[]): Promise<void> {
    const list = { apiVersion: 'v1', kind: 'List', items: objects };
    await this.kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], JSON.stringify(list));
  }

  /** Loads `image` into the node's container runtime; pods name it with `imagePullPolicy: Never`. */
  async importImage(image: Image): Promise<void> {
    await mkdir(this.paths.of('images'), { recursive: true });
    const file = this.paths.of('images', `${image.reference.replaceAll(/[^\w.-]/g, '_')}.tar`);
    await writeImage(file, image);
    await this.importImageFile(file);
  }

  /** A tar file in Docker's or OCI's format. */
  async importImageFile(file: string): Promise<void> {
    await this.runInside('ctr', ['--namespace', 'k8s.io', 'images', 'import', file]);
  }

  /** Runs a command of this machine in the cluster's network and mount namespaces, as one on the node would run. */
  runInside(command: string, args: readonly string[]): Promise<string> {
    return run('nsenter', [...enter(this.#state.holder), command, ...args]);
  }

  /** The path of a kubeconfig for any user, with a certificate of the cluster's authority. */
  async kubeconfigFor(user: User): Promise<string> {
    const file = this.paths.of(`${user.user.replaceAll(/[^\w.-]/g, '_')}.kubeconfig`);
    await writeFile(file, await kubeconfigFor(this.paths, this.network, user), { mode: 0o600 });
    return file;
  }

  async stopApiServer(how: 'ask' | 'kill' = 'ask'): Promise<void> {
    await stopPart(this.paths, 'kube-apiserver', how);
  }

  /** With the options it had, or other ones. Returns when it is ready. */
  async startApiServer(options: ApiServerOptions = this.#apiServer): Promise<void> {
    this.#apiServer = options;
    await startPart(this.paths, this.#state, kubeApiServer(settingOf(this.paths, this.#state), options));
    await waitForPart(this.paths, {
      part: 'kube-apiserver',
      what: 'the API server is ready',
      timeoutMs: apiReadyTimeoutMs,
      look: async () => (await this.api.call<string>('/readyz', { timeoutMs: 2000 })) === 'ok',
    });
  }

  /** Text of the log of one of the cluster's programs. */
  log(part: string): Promise<string> {
    return readFile(`${this.paths.logs}/${part}.log`, 'utf8');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.api[Symbol.dispose]();
    await removeCluster(this.name);
  }
}
