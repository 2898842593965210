// A real Kafka broker without Docker: its jars through Maven, one process as broker and controller (KRaft).
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from './prepare.mjs';
import { freePort } from './postgres.mjs';
import { end, listening } from './redis.mjs';

const CLUSTER_ID = 'MkU3OEVBNTcwNTJENDM2Qk';

export async function startKafka(dir) {
  for (const tool of ['java', 'mvn']) {
    if (spawnSync(tool, ['-version']).status !== 0) return { missing: `Kafka: ${tool} is not installed` };
  }
  const libs = join(ROOT, '.data', 'kafka', 'libs');
  if (!fetchJars(libs)) return { missing: 'Kafka: its jars could not be fetched through Maven' };
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const [port, controller] = [await freePort(), await freePort()];
  const properties = join(dir, 'server.properties');
  writeFileSync(properties, settings(port, controller, join(dir, 'log')));
  const java = (...args) => ['-Xmx512m', '-cp', join(libs, '*'), ...args];
  const format = spawnSync(
    'java',
    java('kafka.tools.StorageTool', 'format', '--cluster-id', CLUSTER_ID, '-c', properties),
  );
  if (format.status !== 0) throw new Error(`Kafka's storage could not be formatted: ${format.stderr}`);
  const child = spawn('java', java('kafka.Kafka', properties), { cwd: dir, stdio: 'ignore' });
  await listening(port, 60_000);
  const brokers = `127.0.0.1:${port}`;
  await answers(brokers);
  return { brokers, pid: child.pid, stop: () => end(child) };
}

function fetchJars(libs) {
  if (existsSync(join(libs, '.complete'))) return true;
  console.log('Fetching Kafka (once) …');
  mkdirSync(libs, { recursive: true });
  const goal = ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${libs}`];
  const { status } = spawnSync('mvn', goal, {
    cwd: join(ROOT, 'dev', 'kafka'),
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 300_000,
  });
  if (status !== 0) return false;
  writeFileSync(join(libs, '.complete'), '');
  return true;
}

/** Not the open port but a record that was produced and read back: a fresh broker loads its coordinators for a second or two. */
async function answers(brokers) {
  const { Kafka, logLevel } = createRequire(import.meta.url)('kafkajs');
  const kafka = new Kafka({
    brokers: [brokers],
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 200, retries: 30 },
  });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: 'probe', numPartitions: 1 }], waitForLeaders: true });
  const producer = kafka.producer();
  const consumer = kafka.consumer({ groupId: 'probe' });
  await Promise.all([producer.connect(), consumer.connect()]);
  await consumer.subscribe({ topic: 'probe', fromBeginning: true });
  const read = new Promise((resolve) => void consumer.run({ eachMessage: async () => resolve() }));
  await producer.send({ topic: 'probe', messages: [{ value: 'probe' }] });
  await read;
  await Promise.all([producer.disconnect(), consumer.disconnect()]);
  await admin.deleteTopics({ topics: ['probe'] });
  await admin.disconnect();
}

function settings(port, controller, log) {
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${controller}`,
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${port}`,
    'inter.broker.listener.name=PLAINTEXT',
    'controller.listener.names=CONTROLLER',
    'listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    `log.dirs=${log}`,
    'num.partitions=6',
    'offsets.topic.replication.factor=1',
    'offsets.topic.num.partitions=4',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'group.initial.rebalance.delay.ms=0',
    'auto.create.topics.enable=false',
  ].join('\n');
}
