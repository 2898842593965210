FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN node -e "import('./dev/lib/build.mjs').then(({ compile }) => compile('dist'))" && npm prune --omit=dev

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production
COPY --from=build --chown=root:root /app/node_modules ./node_modules
COPY --from=build --chown=root:root /app/dist ./dist
COPY --from=build --chown=root:root /app/data ./data
COPY --from=build --chown=root:root /app/package.json ./
USER node
EXPOSE 3000
CMD ["node", "dist/src/main.js"]
