// Images are told apart by who publishes them, whatever short form, port, region or digest they are written with.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageOrigin } from './image-origin.ts';

const cases: readonly [image: string, path: string, publisher: string][] = [
  ['nginx', 'docker.io/library/nginx', 'docker.io/library'],
  ['nginx:1.27@sha256:00', 'docker.io/library/nginx', 'docker.io/library'],
  ['rancher/klipper-lb:v0.4', 'docker.io/rancher/klipper-lb', 'docker.io/rancher'],
  ['index.docker.io/rancher/x', 'docker.io/rancher/x', 'docker.io/rancher'],
  ['registry.k8s.io/coredns/coredns:v1', 'registry.k8s.io/coredns/coredns', 'registry.k8s.io'],
  ['localhost:5000/a', 'localhost:5000/a', 'localhost:5000'],
  ['quay.io/cilium/cilium', 'quay.io/cilium/cilium', 'quay.io/cilium'],
  ['eu.gcr.io/gke-release/netd', 'eu.gcr.io/gke-release/netd', 'gcr.io/gke-release'],
  ['gke.gcr.io/netd:1', 'gke.gcr.io/netd', 'gke.gcr.io'],
  ['europe-docker.pkg.dev/mallory/r/i', 'europe-docker.pkg.dev/mallory/r/i', 'pkg.dev/mallory'],
  [
    '602401143452.dkr.ecr.eu-west-1.amazonaws.com/amazon-k8s-cni:v1',
    '602401143452.dkr.ecr.eu-west-1.amazonaws.com/amazon-k8s-cni',
    '602401143452.dkr.ecr.amazonaws.com',
  ],
  [
    'registry.k8s.io.evil.example/pause',
    'registry.k8s.io.evil.example/pause',
    'registry.k8s.io.evil.example',
  ],
  ['registry.k8s/pause', 'registry.k8s/pause', 'registry.k8s'],
  ['', 'docker.io/library/', 'docker.io/library'],
];

for (const [image, path, publisher] of cases)
  test(`${image || 'an empty image'} is of ${publisher}`, () => {
    const origin = imageOrigin(image);
    assert.deepEqual([origin.path, origin.publisher], [path, publisher]);
  });
