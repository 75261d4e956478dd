{{/* Where parts may go, as rules of a NetworkPolicy. */}}
{{- define "yagura.egressToHub" -}}
{{- /* With a proxy it is the proxy that is talked to. */}}
{{- $port := (urlParse (.Values.hub.proxy | default .Values.hub.url)).host | regexFind ":[0-9]+$" | trimPrefix ":" | default (ternary "80" "443" (ne .Values.hub.proxy "")) }}
- ports: [{ port: {{ $port | int }}, protocol: TCP }]
  {{- include "yagura.egressTo" .Values.networkPolicy.hubAddresses | nindent 2 }}
- ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }]
{{- end }}

{{/* By its service, or past it: some network plug-ins look before the address is translated, some after. */}}
{{- define "yagura.egressToApiServer" -}}
- ports:
    {{- range .Values.networkPolicy.apiServerPorts }}
    - { port: {{ . }}, protocol: TCP }
    {{- end }}
  {{- include "yagura.egressTo" .Values.networkPolicy.apiServerAddresses | nindent 2 }}
{{- end }}

{{- define "yagura.egressTo" -}}
{{- with . }}
to:
  {{- range . }}
  - ipBlock: { cidr: {{ . }} }
  {{- end }}
{{- end }}
{{- end }}
