{{/* Names and labels that several templates need. */}}
{{- define "hub.name" -}}
{{ .Release.Name | trunc 50 | trimSuffix "-" }}
{{- end }}

{{- define "hub.labels" -}}
app.kubernetes.io/name: yagura-hub
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "hub.allLabels" -}}
{{ include "hub.labels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "hub.image" -}}
{{ with .Values.image.registry }}{{ . }}/{{ end }}yagura-hub:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "hub.serviceNames" -}}
{{ include "hub.name" . }},{{ include "hub.name" . }}.{{ .Release.Namespace }},{{ include "hub.name" . }}.{{ .Release.Namespace }}.svc
{{- end }}

{{- define "hub.tlsSecret" -}}
{{ .Values.tls.existingSecret | default (printf "%s-tls" (include "hub.name" .)) }}
{{- end }}

{{- define "hub.publicUrl" -}}
{{ .Values.publicUrl | default (printf "https://%s.%s.svc%s" (include "hub.name" .) .Release.Namespace (eq (int .Values.service.port) 443 | ternary "" (printf ":%d" (int .Values.service.port)))) }}
{{- end }}

{{/* The least that a container can have. */}}
{{- define "hub.confined" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
readOnlyRootFilesystem: true
allowPrivilegeEscalation: false
capabilities: { drop: [ALL] }
{{- end }}
