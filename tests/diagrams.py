"""A small made-up diagram, to change."""

from __future__ import annotations

DIAGRAM = "content/diagrams/signals.yaml"

TEXT = """\
title: A made-up signal
languages: [en]
key:
  activates: {en: activates}
  strong: {en: most}
  blocks: {en: blocks}
  pairs: {en: pairs with}
  unplaced: {en: place not known}
zones:
  inside: {kind: inside, label: {en: inside}}
nodes:
  switch: {shape: receptor, label: {en: switch}, sources: [MADE-UP-1], seen: abstract}
  knob: {shape: domain, part_of: switch, label: {en: knob}, sources: [MADE-UP-1], seen: abstract}
  light: {shape: outcome, label: {en: light}, sources: [MADE-UP-1], seen: abstract}
  drug: {shape: tablet, label: {en: drug}, sub: {en: slow}, sources: [MADE-UP-1], seen: label}
edges:
  switch-light: {from: switch, to: light, kind: activates, sources: [MADE-UP-1], seen: abstract}
  drug-light: {from: drug, to: switch-light, kind: blocks, sources: [MADE-UP-1], seen: label}
marks:
  lost: {label: {en: Lost}, sources: [MADE-UP-1], seen: abstract}
  stuck: {at: knob, label: {en: Stuck}, sources: [MADE-UP-1], seen: abstract}
  worn: {at: switch-light, label: {en: Worn}, seen: own knowledge}
views:
  only:
    alt: {en: A switch turns on a light.}
    caption: {en: How a light is turned on.}
    layouts:
      - label_pt: 8
        width: 100
        height: 40
        zones:
          inside: {box: [0, 0, 100, 40], label: [2, 36]}
        nodes:
          switch: [2, 2, 20, 14]
          knob: [4, 8, 16, 6]
          light: [70, 2, 20, 14]
          drug: [36, 20, 20, 9]
        edges:
          switch-light: []
          drug-light: []
        marks:
          lost: {}
          stuck: {at: [20, 8]}
          worn: {at: [60, 9]}
        key: [2, 30, 96, 9]
      - label_pt: 18
        width: 200
        height: 80
        zones:
          inside: {box: [0, 0, 200, 80]}
        nodes:
          switch: [2, 2, 40, 28]
          knob: [4, 16, 32, 12]
          light: [140, 2, 40, 28]
          drug: [72, 40, 40, 18]
        edges:
          switch-light: []
          drug-light: []
        marks:
          lost: {}
          stuck: {at: [36, 16]}
          worn: {at: [120, 16]}
        key: [2, 60, 196, 20]
"""
