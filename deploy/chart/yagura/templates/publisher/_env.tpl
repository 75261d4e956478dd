{{/* The publisher's settings; the test of contact has them too. */}}
{{- define "yagura.publisherEnv" -}}
- name: YAGURA_PUBLISHER_NAME
  valueFrom: { fieldRef: { fieldPath: spec.nodeName } }
- { name: YAGURA_PUBLISHER_CLUSTER, value: {{ .Values.cluster | quote }} }
- { name: YAGURA_PUBLISHER_HUB, value: {{ .Values.hub.url | quote }} }
{{- with .Values.hub.proxy }}
- { name: YAGURA_PUBLISHER_PROXY, value: {{ . | quote }} }
{{- end }}
- { name: YAGURA_PUBLISHER_WORKSPACE, value: {{ .Values.hub.workspace | quote }} }
- { name: YAGURA_PUBLISHER_AUTHORITY, value: /etc/yagura/authority/authority.pem }
- { name: YAGURA_PUBLISHER_TOKEN_FILE, value: /etc/yagura/registration/token }
- { name: YAGURA_PUBLISHER_REGISTRATION_SPREAD_MS, value: {{ .Values.registration.spread }} }
- { name: YAGURA_PUBLISHER_DATA, value: {{ .Values.hostFolders.data | quote }} }
- { name: YAGURA_PUBLISHER_SOCKET, value: {{ printf "%s/publisher.sock" .Values.hostFolders.socket | quote }} }
- { name: YAGURA_PUBLISHER_SOCKET_MODE, value: "0660" }
- { name: YAGURA_PUBLISHER_SPOOL_LIMIT_BYTES, value: {{ .Values.publisher.spoolLimit | quote }} }
- { name: YAGURA_LOG_LEVEL, value: {{ .Values.publisher.logLevel }} }
{{- end }}
