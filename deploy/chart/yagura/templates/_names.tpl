{{/* Names, labels and images that several templates need. */}}
{{- define "yagura.labels" -}}
app.kubernetes.io/name: yagura
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "yagura.allLabels" -}}
{{ include "yagura.labels" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{- define "yagura.name" -}}
{{ .root.Release.Name | trunc 40 | trimSuffix "-" }}-{{ .component }}
{{- end }}

{{- define "yagura.image" -}}
{{ with .root.Values.image.registry }}{{ . }}/{{ end }}yagura-{{ .component }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}
{{- end }}

{{- define "yagura.authority" -}}
{{ .Values.hub.existingAuthority | default (include "yagura.name" (dict "root" . "component" "authority")) }}
{{- end }}

{{- define "yagura.tokenSecret" -}}
{{ .Values.registration.existingSecret | default (include "yagura.name" (dict "root" . "component" "registration")) }}
{{- end }}

{{/* Of what belongs to no namespace, so that two releases do not take each other's. */}}
{{- define "yagura.clusterName" -}}
{{ .root.Release.Namespace }}-{{ include "yagura.name" . }}
{{- end }}

{{- define "yagura.clusterValue" -}}
{{ required "cluster is missing: --set cluster=NAME; the inventory and the connection belong to it (inventory.enabled=false and connect.enabled=false go without)" .Values.cluster }}
{{- end }}

{{- define "yagura.connectTokenSecret" -}}
{{ .Values.connect.registration.existingSecret | default (include "yagura.name" (dict "root" . "component" "connect-registration")) }}
{{- end }}
