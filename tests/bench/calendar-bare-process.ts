// The least that could answer: Fastify as it comes, the same route, constant bytes. Arguments: port, bytes; none: 304.
import fastify from 'fastify';

const [port, bytes] = process.argv.slice(2).map(Number);
const body = 'x'.repeat(bytes!);
const app = fastify();
app.get('/calendar/:token', (_request, reply) =>
  bytes === 0
    ? reply.code(304).send()
    : reply.header('content-type', 'text/calendar; charset=utf-8').send(body),
);
await app.listen({ port: port!, host: '127.0.0.1' });
process.on('disconnect', () => process.exit(0));
process.send!('ready');
