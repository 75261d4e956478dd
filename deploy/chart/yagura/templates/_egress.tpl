{{/* Where parts may go, as rules of a NetworkPolicy. */}}
{{- define "yagura.egressToHub" -}}
{{- /* With a proxy it is the proxy that is talked to. */}}
{{- $url := urlParse (.Values.hub.proxy | default .Values.hub.url) }}
{{- $port := $url.host | regexFind ":[0-9]+$" | trimPrefix ":" | default (ternary "80" "443" (ne .Values.hub.proxy "")) }}
{{- /* What is named by its address needs no other address, and no name service. */}}
{{- $addresses := list }}
{{- if contains ":" $url.hostname }}{{ $addresses = list (printf "%s/128" $url.hostname) }}
{{- else if regexMatch "^[0-9]+([.][0-9]+){3}$" $url.hostname }}{{ $addresses = list (printf "%s/32" $url.hostname) }}
{{- end }}
- ports: [{ port: {{ $port | int }}, protocol: TCP }]
  {{- include "yagura.egressTo" (.Values.networkPolicy.hubAddresses | default $addresses) | nindent 2 }}
{{- if not $addresses }}
- ports:
    {{- range .Values.networkPolicy.nameServicePorts }}
    - { port: {{ . }}, protocol: UDP }
    - { port: {{ . }}, protocol: TCP }
    {{- end }}
  {{- with .Values.networkPolicy.nameService }}
  to: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
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
