{{/* What pods of several parts have in common. */}}
{{- define "yagura.pull" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "yagura.placement" -}}
{{- include "yagura.pull" . }}
{{- with .Values.priorityClass.name }}
priorityClassName: {{ . }}
{{- end }}
nodeSelector:
  kubernetes.io/os: linux
  {{- with .Values.nodeSelector }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
affinity:
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms:
        - matchExpressions:
            # Nodes that are no machines: there is no kernel to watch.
            - { key: eks.amazonaws.com/compute-type, operator: NotIn, values: [fargate] }
            - { key: type, operator: NotIn, values: [virtual-kubelet] }
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Of a part that there is once; with those of the DaemonSets it would never leave a node that is gone. */}}
{{- define "yagura.placementOfOne" -}}
nodeSelector:
  kubernetes.io/os: linux
  {{- with .nodeSelector }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with .tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* The least that a container can have. */}}
{{- define "yagura.confined" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
readOnlyRootFilesystem: true
allowPrivilegeEscalation: false
capabilities: { drop: [ALL] }
{{- end }}

{{- define "yagura.updates" -}}
minReadySeconds: {{ .Values.updateStrategy.minReadySeconds }}
updateStrategy:
  type: RollingUpdate
  rollingUpdate:
    maxUnavailable: {{ .Values.updateStrategy.maxUnavailable }}
{{- end }}

{{/* Only where it is asked for: of one pod it holds a drain until somebody allows it. */}}
{{- define "yagura.disruptionBudget" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "yagura.name" . }}
  labels: {{- include "yagura.allLabels" . | nindent 4 }}
spec:
  maxUnavailable: 0
  # One that does not work anyway need not be held.
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels: {{- include "yagura.labels" . | nindent 6 }}
{{- end }}
