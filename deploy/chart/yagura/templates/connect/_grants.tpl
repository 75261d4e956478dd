{{/* Role of the hub → ClusterRole that it stands for, as JSON; yagura-reader always, with the chart's own unless told. */}}
{{- define "yagura.connectGrants" -}}
{{- $own := dict "yagura-reader" (include "yagura.clusterName" (dict "root" . "component" "connect-reader")) }}
{{- merge (dict) .Values.connect.grants $own | toJson }}
{{- end }}
