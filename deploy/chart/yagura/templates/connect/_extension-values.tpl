{{/* The owner's values for extensions: images as this release's, unless told. */}}
{{- define "yagura.extensionValues" -}}
{{- $own := dict "sensor" (dict "image" .Values.image) }}
{{- mergeOverwrite (deepCopy $own) (deepCopy .Values.connect.extensions.values) | toYaml }}
{{- end }}
