//go:build tools

// Package main pins the version of kustomize that ours is compared with; nothing here runs.
package main

import _ "sigs.k8s.io/kustomize/kustomize/v5"
