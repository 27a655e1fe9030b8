/** A small repository, and the directory that is built. */
export interface Case {
  files: Readonly<Record<string, string>>;
  /** The root where nothing is said. */
  directory?: string;
}

export type Cases = Readonly<Record<string, Case>>;

/** One directory: the text is its kustomization, the rest are files beside it. */
export function built(kustomization: string, files: Readonly<Record<string, string>> = {}): Case {
  return { files: { 'kustomization.yaml': kustomization, ...files } };
}

export const deployment = (name = 'weather-mcp', rest = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    app: ${name}
spec:
  replicas: 1
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      serviceAccountName: ${name}
      initContainers:
        - name: install
          image: ghcr.io/astral-sh/uv:python3.11-bookworm-slim
      containers:
        - name: mcp-server
          image: python:3.11-slim
          command: [python, /app/server.py]
          env:
            - name: LOG_LEVEL
              value: info
            - name: API_KEY
              valueFrom:
                secretKeyRef: { name: ${name}-secrets, key: API_KEY }
          envFrom:
            - configMapRef: { name: ${name}-settings }
          ports:
            - containerPort: 8080
              name: http
          volumeMounts:
            - { name: code, mountPath: /app }
            - { name: tmp, mountPath: /tmp }
      volumes:
        - name: code
          configMap: { name: ${name}-code }
        - name: tmp
          emptyDir: {}
        - name: state
          persistentVolumeClaim: { claimName: ${name}-state }
${rest}`;

export const service = (name = 'weather-mcp'): string => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  type: NodePort
  selector:
    app: ${name}
  ports:
    - name: http
      port: 8080
      targetPort: 8080
      nodePort: 31117
`;

export const configMap = (name = 'weather-mcp-code', data = 'server.py: print("hello")'): string => `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
  ${data}
`;

export const serviceAccount = (name = 'weather-mcp', namespace = ''): string => `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
${namespace && `  namespace: ${namespace}\n`}`;

/** Several manifests in one file. */
export const documents = (...manifests: string[]): string => manifests.join('---\n');
