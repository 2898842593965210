import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROLES } from '../src/common/roles.js';

const KUBERNETES = 'deploy/kubernetes';
const ran = (tool: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(tool, args, { encoding: 'utf8', timeout: 60_000 });
  return { status, said: stdout + stderr };
};
const withTool = (tool: string, ...args: string[]) => (ran(tool, ...args).status === 0 ? it : it.skip);
/** The objects of a folder, each as its text. */
const built = (folder: string) => {
  const { status, said } = ran('kubectl', 'kustomize', join(KUBERNETES, folder));
  expect({ status, said: status === 0 ? '' : said }).toEqual({ status: 0, said: '' });
  return said.split(/^---$/m);
};
const kind = (object: string) => /^kind: (\S+)$/m.exec(object)![1]!;
const named = (object: string) => /^ {2}name: (\S+)$/m.exec(object)![1]!;

describe('the manifests for Kubernetes', () => {
  withTool('kubectl', 'version', '--client')(
    'run every role once, each under the restricted standard',
    () => {
      const objects = built('overlays/production');
      const deployments = objects.filter((object) => kind(object) === 'Deployment');
      expect(deployments.map(named).sort()).toEqual(ROLES.map((role) => `loopgpt-${role}`).sort());
      for (const deployment of deployments) {
        const role = named(deployment).replace('loopgpt-', '');
        expect(deployment).toMatch(new RegExp(`- name: ROLES\\n\\s+value: ${role}\\n`));
        expect(deployment).toContain(`app.kubernetes.io/component: ${role}`);
        for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) expect(deployment).toContain(probe);
      }
      const pods = objects.filter((object) => ['Deployment', 'Job'].includes(kind(object)));
      for (const pod of pods) {
        for (const rule of [
          'runAsNonRoot: true',
          'readOnlyRootFilesystem: true',
          'allowPrivilegeEscalation: false',
          'type: RuntimeDefault',
          'automountServiceAccountToken: false',
        ])
          expect({ pod: named(pod), rule, held: pod.includes(rule) }).toEqual({ pod: named(pod), rule, held: true });
        expect(pod).toMatch(/drop:\n\s+- ALL/);
      }
      const kinds = objects.map(kind);
      for (const wanted of ['PodDisruptionBudget', 'HorizontalPodAutoscaler', 'NetworkPolicy', 'Ingress', 'Service'])
        expect(kinds).toContain(wanted);
      const ingress = objects.find((object) => kind(object) === 'Ingress')!;
      expect(ingress).not.toMatch(/path: \/(admin|metrics)?$/m);
    },
    60_000,
  );

  withTool('kubectl', 'version', '--client')(
    'have a small form: one process, which is never two',
    () => {
      const deployments = built('overlays/small').filter((object) => kind(object) === 'Deployment');
      expect(deployments).toHaveLength(1);
      expect(deployments[0]).toMatch(/- name: ROLES\n\s+value: all\n/);
      expect(deployments[0]).toContain('type: Recreate');
    },
    60_000,
  );
});

interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  spec?: Record<string, unknown>;
}
type Model = new (object: KubernetesObject) => { validate(): void };

/** As the schemas of Kubernetes have it; null when it holds. */
function faultIn(object: KubernetesObject): string | null {
  const path = `kubernetes-models/${object.apiVersion}/${object.kind}`;
  const model = (createRequire(import.meta.url)(path) as Record<string, Model>)[object.kind]!;
  try {
    new model(object).validate();
    return null;
  } catch (error) {
    return String(error);
  }
}

describe('every object for Kubernetes', () => {
  /** A label that is put on here alone makes JSON of them. */
  const objectsOf = (folder: string) => {
    const input = built(folder).join('---\n');
    const args = ['label', '--local', '-f', '-', 'checked=true', '-o', 'json'];
    const { stdout } = spawnSync('kubectl', args, { input, encoding: 'utf8' });
    return stdout
      .split(/^(?=\{$)/m)
      .filter(Boolean)
      .map((text) => JSON.parse(text) as KubernetesObject);
  };

  withTool('kubectl', 'version', '--client')(
    'fits the schema of its kind',
    () => {
      for (const folder of ['overlays/production', 'overlays/small']) {
        const objects = objectsOf(folder);
        expect(objects).toHaveLength(built(folder).length);
        for (const object of objects)
          expect([object.kind, object.metadata.name, faultIn(object)]).toEqual([
            object.kind,
            object.metadata.name,
            null,
          ]);
      }
      const [deployment] = objectsOf('overlays/small').filter((object) => object.kind === 'Deployment');
      expect(faultIn({ ...deployment!, spec: { ...deployment!.spec, replicas: 'three' } })).toContain('integer');
    },
    60_000,
  );
});

describe('the units for systemd', () => {
  const units = readdirSync('deploy/systemd').map((name) => join('deploy/systemd', name));

  withTool('systemd-analyze', '--version')(
    'are valid, and hardly exposed',
    () => {
      expect(units).toHaveLength(2);
      for (const unit of units) {
        // Where node is on the machine that runs them is not where it is here.
        const complaints = ran('systemd-analyze', 'verify', unit).said.split('\n').filter(Boolean);
        expect(complaints.filter((line) => !line.includes('/usr/bin/node'))).toEqual([]);
        const { said } = ran('systemd-analyze', 'security', '--offline=true', unit);
        const level = Number(/exposure level for \S+ (\d+\.\d)/.exec(said)?.[1]);
        expect(level).toBeLessThanOrEqual(5);
      }
    },
    60_000,
  );
});

describe('the settings for nginx', () => {
  withTool('nginx', '-v')('are valid', () => {
    const dir = mkdtempSync(join(tmpdir(), 'loopgpt-nginx-'));
    const site = readFileSync('deploy/nginx/loopgpt.conf', 'utf8')
      .replace('listen 443 ssl http2', 'listen 127.0.0.1:18443')
      .replace(/^ *ssl_.*\n/gm, '')
      .replace('/var/log/nginx', dir);
    const main = `error_log ${dir}/error.log; pid ${dir}/pid; events {} http { ${site} }`;
    writeFileSync(join(dir, 'nginx.conf'), main);
    const { status, said } = ran('nginx', '-t', '-c', join(dir, 'nginx.conf'));
    rmSync(dir, { recursive: true });
    expect({ status, said: status === 0 ? '' : said }).toEqual({ status: 0, said: '' });
  });
});

describe('the workflows', () => {
  const folder = '.github/workflows';
  const files = readdirSync(folder);

  it('are YAML, and run what there is', () => {
    expect(files).toHaveLength(4);
    expect(ran('node', 'node_modules/prettier/bin/prettier.cjs', '--check', folder).status).toBe(0);
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    for (const file of files) {
      const text = readFileSync(join(folder, file), 'utf8');
      expect(text).toContain('jobs:');
      for (const [, script] of text.matchAll(/npm run ([\w:]+)/g)) expect(Object.keys(scripts)).toContain(script);
      for (const [, path] of text.matchAll(/(?:node |run: )(dev\/\S+\.mjs|\.ci\/run)/g))
        expect(existsSync(path!)).toBe(true);
      for (const [, path] of text.matchAll(/kubectl kustomize (\S+)/g)) expect(existsSync(path!)).toBe(true);
    }
  });

  it('deploy what the changed paths ask for', () => {
    const phases = (...paths: string[]) =>
      spawnSync('node', ['dev/phases.mjs'], { input: paths.join('\n'), encoding: 'utf8' }).stdout.match(
        /\w+(?==true)/g,
      ) ?? [];
    expect(phases('docs/runbook.md', 'README.md')).toEqual(['documentation']);
    expect(phases('deploy/nginx/loopgpt.conf', 'deploy/README.md')).toEqual(['infrastructure', 'documentation']);
    expect(phases('src/main.ts', 'migrations/1.ts')).toEqual(['core']);
    expect(phases()).toEqual([]);
  });
});
