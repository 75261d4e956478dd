{{/* What the pods of both DaemonSets have in common. */}}
{{- define "yagura.placement" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
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
