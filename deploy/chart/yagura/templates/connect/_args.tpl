{{/* The connect agent's settings; the test of contact has them too where there is no sensor. */}}
{{- define "yagura.connectArgs" -}}
- --hub
- {{ .Values.hub.url | quote }}
- --authority
- /etc/yagura/authority/authority.pem
- --workspace
- {{ .Values.hub.workspace | quote }}
- --cluster
- {{ include "yagura.clusterValue" . | quote }}
- --identity-secret
- {{ .Release.Namespace }}/{{ include "yagura.name" (dict "root" . "component" "connect-identity") }}
- --token-file
- /etc/yagura/registration/token
{{- range $role, $_ := include "yagura.connectGrants" . | fromJson }}
- --roles
- {{ $role }}
{{- end }}
{{- with .Values.hub.proxy }}
- --proxy
- {{ . | quote }}
{{- end }}
{{- if .Values.connect.extensions.enabled }}
- --extension-namespace
- {{ .Values.connect.extensions.namespace }}
- --extension-values
- /etc/yagura/extensions/values.yaml
{{- end }}
- --log-level
- {{ .Values.connect.logLevel }}
{{- end }}
